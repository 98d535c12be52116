export default {
  title: '就业岗位', none: '现在没有岗位', none_text: '单位和商户有岗位会登在这里，到期自动撤下。', hours: '时间', pay: '待遇', place: '地点', contact: '联系', until: '截止 {on}', openings: '招 {n} 人', call: '打电话', about: '说明',
  states: { draft: '草稿', submitted: '待审核', sent_back: '已退回', published: '招聘中', expired: '已到期', closed: '已关闭' }, all: '全部',
  new: '发布岗位', change: '修改岗位', unit: '哪个单位', job_title: '岗位名称', hours_hint: '例如：每天 8 点到 12 点', pay_hint: '例如：每月 3200 元', contact_hint: '写单位的电话和联系人，大家都看得到。', how_many: '招几个人', last_day: '截止日期', last_day_hint: '到期自动撤下，最长三个月。', save_draft: '存草稿', publish: '发布', submit: '提交审核', published: '已发布。', submitted: '已提交，等社区审核。', send_back: '退回', send_back_reason: '要改什么', sent_back: '已退回，单位会收到通知。', close: '关闭岗位', close_reason: '为什么关闭', closed: '已关闭。', reason: '原因：{reason}',
  refer_me: '请单位联系我', refer_text: '同意后，只有“{unit}”看得到您的姓名和电话，用来联系您。', my_phone: '您的电话', my_consent: '我同意把姓名和电话告诉这个单位', refer_send: '就这样', referred_me: '单位会联系您，祝您顺利！', is_referred: '已请单位联系您', take_back: '不用联系我了', took_back: '已撤回，单位看不到您了。', sign_in: '登录', sign_in_first: '登录后可以请单位联系您；没有账号就直接打电话，或请社区帮忙。',
  referrals: '应聘的人', no_referrals: '还没有人', referrals_text: '只有本单位和社区看得到；结束三十天后姓名自动删除。', refer: '推荐一位', resident: '居民姓名', phone: '电话', consent: '怎样同意的', consents: { self: '本人在手机上', paper: '本人签字', told: '当面或电话同意' }, consent_tick: '本人同意把姓名和电话告诉这个单位', refer_done: '已推荐，单位会收到通知。', forgotten: '（已按规定删除）',
  referral_states: { referred: '等待结果', hired: '录用了', not_hired: '没录用', unknown: '不清楚', withdrawn: '已撤回' }, results: '后来怎么样？', result_saved: '记下了，谢谢。', asked: '推荐三十天后会请单位回话。',
}
