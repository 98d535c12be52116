export default {
  title: '我的服务时长', text: '参加完活动，时长会自动记到这里。少了或多了，可以请社区干事更正，要两个人看过才算。',
  none: '还没有时长', none_text: '参加活动、领队点名之后，时长会出现在这里。', year: '{year} 年', hours: '{n} 小时', adjusted_entry: '更正', provenance: { measured: '现场点名或扫码', adjusted: '两人核对后更正', paper: '纸质签到表' }, states: { proposed: '等第二个人核对', refused: '没有采纳' },
  of: '服务时长', adjust: '更正时长', adjust_text: '由另一位干事核对后才计入。', on: '日期', minutes: '分钟数', minutes_hint: '要扣减就填负数。', note: '为什么', propose: '提交核对', proposed: '已提交，请另一位干事核对。', wanted: '待核对的时长', wanted_none: '没有待核对的', wanted_text: '自己提交的、自己的时长，要请别人核对。', confirm: '计入', refuse: '不采纳', confirmed: '已计入。', refused: '没有采纳。', of_whom: '成员',
}
