export default {
  sign_in: {
    phone: '手机号', phone_hint: '用您在组织登记过的手机号。', get_code: '获取验证码', code: '六位验证码', code_hint: '已发到 {phone}，五分钟内有效。',
    remember: '这是我自己的手机，90 天内不用再登录', submit: '登录', other_phone: '换个手机号', resend: '重新发送', resend_in: '{n} 秒后可以重新发送',
    phone_invalid: '请填写 11 位手机号。', code_invalid: '请填写短信里的六位数字。',
    no_code: '收不到验证码？号码可能还没登记，请给社区打电话。', unsent: '{n} 条记录还存在这部手机里，登录后会自动上传。', welcome: '您好，{name}。',
  },
  today: {
    morning: '早上好，{name}', noon: '中午好，{name}', afternoon: '下午好，{name}', evening: '晚上好，{name}',
    duty: '我的值班', no_duty: '近两周没有排您的班', no_duty_text: '排了班，这里会显示时间和队伍。',
    go_on: '继续巡逻', start: '去开始巡逻', look: '查看班次', later: '之后的班次',
    to_answer: '{n} 条消息等您回复', unread: '{n} 条未读消息', nothing_new: '没有未读消息', week: '本周活动', no_week: '本周还没有活动', all_activities: '全部活动',
    visited: '已签到 {done} 处，共 {all} 处',
  },
  shift: {
    planned: '未开始', active: '进行中', ended: '已结束', cancelled: '已取消', crew: '同班：{names}', leader: '队长', handover: '上一班交接', handover_by: '{by} 留言',
  },
  patrol: {
    none: '现在没有您的班次', none_text: '到了时间，这里会出现“开始巡逻”。', upcoming: '接下来的班次', start: '开始巡逻', started: '巡逻开始了，注意安全。', early: '可以在开始前一小时内点“开始巡逻”。',
    points: '巡更点', check_in: '签到', check_in_at: '签到：{name}', again: '再签一次', saved: '已保存：{name}', done_at: '{time} 已签到',
    scan: '扫二维码', number: '输入编号', number_label: '巡更点编号', number_hint: '牌子上的数字，比如 107。', number_invalid: '请输入牌子上的数字。', number_named: '编号 {number}', scanned: '扫码签到',
    report: '报告隐患', all_well: '我们都平安', all_well_saved: '已记下：都平安。', late: '有一阵没签到了，一切都好吗？点一下“我们都平安”，大家就放心了。',
    end: '结束巡逻', end_title: '结束这一班', end_left: '还有 {n} 处没签到。不要紧，照实结束就好。', handover_label: '给下一班留句话', handover_hint: '比如：东门路灯不亮，已报修。', ended: '辛苦了！这一班已结束。',
    waiting: '{n} 条待上传', waiting_text: '已存在手机里，有网络会自动上传。', waiting_mark: '待上传', upload_now: '上传', uploading: '正在上传', refused: '没有被接受', dismiss: '知道了，删除', all_sent: '都已上传',
    place_used: '签到时会附上一次位置，用来核对距离，核对后不保存。',
    camera_no: '打不开摄像头，可以拍一张照片来识别，或者输入编号。', photo: '拍照识别', no_code_found: '没有认出二维码，请对准再试。', aim: '把二维码放在画面中间。', not_ours: '这不是巡更点的二维码。',
  },
  sos: {
    hold: '紧急求助：长按', holding: '继续按住……', help: '求助会马上发给同班队员、队长和值班室，同时请拨打：', ask: '要发出紧急求助吗？', send: '发出求助', name: '紧急求助',
    sending: '正在发出求助', not_sent: '求助还没有送到，正在不停重试。请马上打电话！', raised: '求助已送到值班室和队友', acknowledged: '{name}已收到求助，正在处理', somebody: '队友', stand_down: '我没事了，解除求助', stood_down: '求助已解除。', note: '解除说明', note_default: '本人解除',
    police: '报警', fire: '火警', ambulance: '急救',
  },
  report: {
    title: '报告隐患', kind: '是什么情况？', kind_missing: '请选一种情况。', where: '在哪里？', where_point: '选一个巡更点', where_other: '其他地方', place: '地点', place_hint: '比如：三号楼二单元门口。', place_missing: '请写一下地点。', words: '补充说明', words_hint: '不用写人名、病情，也不用拍照。', send: '提交报告', saved: '已保存，会马上上传。谢谢您！', another: '再报一条',
    gas: '闻到煤气味：先离开，不要开灯、不要按电铃，到室外再打电话。', person: '有人受伤或昏迷：先打 120，再提交报告。',
  },
  troubles: { lamp: '路灯不亮', fire_lane: '消防通道被占', ice: '结冰积雪', manhole: '井盖问题', charging_cable: '飞线充电', gas_smell: '有煤气味', person_needs_help: '有人需要帮助', dispute: '邻里争执', other: '其他情况' },
  activities: {
    today: '今天', week: '本周', later: '以后', none: '还没有活动', none_text: '单位发布的活动会出现在这里。', mine: '已报名', waiting: '候补', offered: '有名额留给您', full: '名额已满', postponed: '延期', called_off: '已取消', ended: '已结束', seats: '{going} 人已报名，名额 {capacity}', seats_open: '{going} 人已报名', in_line: '{n} 人候补',
    sign_up: '我要报名', sign_up_wait: '排候补', cancel: '取消报名', cancel_wait: '退出候补', cancel_ask: '确定不参加了吗？名额会让给候补的人。', keep: '继续参加', got_seat: '报名成功，到时候见！', got_wait: '名额已满，您排在候补第 {n} 位。有空位会马上通知您。', gave_up: '已取消。', off_reason: '取消原因：{reason}', when: '时间', where: '地点', who: '主办', kind: '类型', you_go: '您已报名', you_wait: '您在候补名单里，有空位会通知您',
  },
  kinds: { lecture: '讲座', sport: '体育', culture: '文化', work_day: '义务劳动', party_day: '主题党日', service: '便民服务', show: '演出', other: '其他' },
  forms: { classroom: '课堂讲座', outing: '课外活动', door_to_door: '上门宣传', online: '线上', on_site: '现场' },
  inbox: {
    none: '没有消息', none_text: '值班、活动和求助的消息会出现在这里。', unread: '未读', unread_only: '只看未读', read_all: '全部标为已读', need: '等您回复', cancelled: '已撤回', open: '查看详情', why: '为什么我会收到？', why_event: '发生了什么：{event}', why_role: '为什么是您：{role}', why_rule: '为什么通知：{rule}', why_change: '不想收到这类消息，可以在“我的 › 消息方式”里关掉；紧急消息除外。', read_aloud: '读给我听', stop_reading: '停止朗读',
    gone: '找不到这条消息', gone_text: '它可能已经过期。',
  },
  answer: { confirm: '确认回复：{answer}', settled: '已经有人处理了，谢谢您', question: '请回复', ack: '我来处理', decline: '我去不了', call_me: '请给我打电话', sent_ack: '已回复：我来处理', sent_decline: '已回复：我去不了', sent_call_me: '已回复：请给我打电话', change: '改一下', thanks: '谢谢，已经告诉对方。', expired: '这个链接已过期', expired_text: '请登录查看消息，或给社区打电话。', title: '回复消息' },
  classes: { critical: '紧急', duty: '值班', service: '服务', news: '动态' },
  roles: { secretary: '书记', clerk: '干事', duty: '值班室', liaison: '联络员', member: '成员' },
  me: {
    messages: '消息方式', messages_sub: '手机推送、邮箱、免打扰时间', hours: '服务时长', hours_sub: '每年参加活动和志愿服务的时长', devices: '登录的设备', devices_sub: '看看哪些设备登录过，可以远程退出', calendar: '日历订阅', calendar_sub: '把值班和活动放进手机日历', large: '大字', large_sub: '字号再大一些', place: '签到时附上位置', place_sub: '只在签到那一刻问一次，核对距离后不保存，不开也能签到', place_denied: '手机没有允许使用位置，不影响签到。', to_desk: '打开工作台', skills: '特长', groups: '小组', install: '添加到手机桌面', install_sub: '像应用一样打开，没网也能签到', install_ios: '在浏览器里点“分享”，再点“添加到主屏幕”。',
  },
  channels: {
    title: '消息方式', none: '还没有登记接收方式', names: { wecom: '企业微信', dingtalk: '钉钉', web_push: '手机推送', email: '邮箱', sms: '短信', webhook: '单位接口', inbox: '站内消息', print: '打印', phone: '电话' }, ok_at: '上次送达', never: '还没有用过', dead: '已失效', registered: '来自组织登记，要改请找社区。', test: '发一条试试', tested: '已发出，请看看有没有收到。', remove: '删除', removed: '已删除。',
    push: '手机推送', push_text: '不打开网页也能收到值班和求助消息。', push_on: '打开推送', push_done: '推送已打开。', push_here: '这部手机已打开推送', push_denied: '浏览器没有允许通知。可以在浏览器设置里改过来。', push_failed: '这个浏览器现在打不开推送，消息仍会用短信和站内消息发给您。', push_no: '这个浏览器不支持推送，消息仍会用短信和站内消息发给您。',
    email: '邮箱', email_label: '邮箱地址', email_save: '保存邮箱', email_invalid: '请检查邮箱地址。', quiet: '免打扰时间', quiet_text: '这段时间只有紧急消息和您值班时的消息会响。', quiet_from: '从', quiet_until: '到', off: '想收到哪些消息', off_text: '紧急和值班的消息一定会送到。下面这些可以关掉，关掉后在“消息”里仍能看到。', kinds: { service: '服务：报名、活动变动', news: '动态：新活动' },
  },
  devices: { title: '登录的设备', current: '就是这一部', seen: '最近使用', sign_out: '让它退出', signed_out: '那部设备已退出。', everywhere: '所有设备都退出', everywhere_ask: '所有设备（包括这一部）都会退出，要继续吗？' },
  calendar: { title: '日历订阅', text: '把下面的地址加到手机日历的“订阅日历”里，值班和报名的活动会自动出现。地址是您个人的，请不要转发。', make: '生成订阅地址', make_new: '重新生成（旧地址作废）', copy: '复制地址', copied: '已复制。', once: '离开这一页后地址不再显示。' },
  point: { title: '巡更点签到', check_in: '在这里签到', start_and_check_in: '开始巡逻并签到', no_shift: '您现在没有班次', no_shift_text: '谢谢您留意这块牌子。轮到您值班时，扫它就能签到。', to_patrol: '去巡逻页面' },
  suggestions: { title: '建议与投诉', text: '对这个系统、巡逻或活动有意见，可以打电话，也可以当面说。三个工作日内答复，答复会公开（不写姓名）。', desk: '社区', hours: '时间', call: '打电话 {phone}', paper: '也可以写在纸上，投到党群会客厅门口的意见箱。', up: '对答复不满意，可以拨打市民热线。', hotline: '拨打 12345' },
  not_found: { title: '没有这一页', text: '地址可能写错了，或者内容已经删除。', home: '回到今日' },
}
