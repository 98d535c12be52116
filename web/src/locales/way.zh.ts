/** On the way: what the phone says to a crew. */
export default {
  pause: '休息一下', resume: '继续巡逻', paused: '休息中：{reason}', paused_until: '{time} 前请点“继续巡逻”，不然大家会来问平安。', paused_saved: '已记下：休息 {n} 分钟。', resumed: '继续巡逻，注意安全。',
  pause_title: '为什么停一停？', pause_how_long: '大约多久', minutes: '{n} 分钟', pause_reasons: { warming: '暖和一下', helping: '在帮助别人', waiting_for_help: '在等人来', weather: '天气不好', other: '别的原因' },
  skip_one: '跳过一处', skip_which: '哪一处', skip_text: '去不了就跳过，选一个原因就好。', skip_note: '想多说一句', skipped: '已跳过：{reason}', skip_reasons: { blocked: '路不通', locked: '门锁着', unsafe: '不安全', weather: '天气不好', called_away: '有急事', no_time: '时间不够', other: '别的原因' }, reason_missing: '请选一个原因。',
  crew: '人员确认', crew_start: '谁来了？', crew_start_text: '一部手机替全队确认就行，没带手机的也算。', crew_end: '都平安回来了吗？', crew_confirm: '确认这些人', crew_saved: '人员已记下。', crew_there: '{time} 确认：来了 {n} 人',
  handover: '交接', handover_read: '我看过了', handover_saved: '已告诉值班室：交接看过了。', handover_seen: '{time} 看过', handover_items: '上一班没办完的事', leave_open: '留给下一班的事', leave_open_hint: '没办完的勾上，下一班会看到。',
  check: '检查', check_at: '{list} · {place}', checked: '已检查', ok: '正常', fail: '有问题', not_seen: '没看到', item_note: '哪里有问题', check_save: '保存检查', check_none: '请至少看一项。', check_opens: '有问题的会马上变成隐患，通知队长和值班室。', check_gone: '找不到这张检查表', check_gone_text: '这一班里没有它，请回到巡逻页面。', number_wrong: '请填数字。', failed_n: '{n} 项有问题', measured: '正常范围：{range}', at_most: '不超过 {high}', at_least: '不低于 {low}', between: '{low} 到 {high}',
  areas: '这一班的重点', every: '每 {n} 分钟去看一次', times: '这一班去 {n} 次', quiet: '请安静，不要用喇叭', why: { always: '每一班都要看', school: '上学放学', market: '集市', festival: '节日', exam_quiet: '考试期间', other: '特别安排' }, hours: '{from} 到 {until}', tip: '小提醒',
  join: '当场参加巡逻', join_text: '看队长手机上的六位数字，或者扫上面的码。参加后就是这一班的人，队长会确认。', join_code: '六位数字', join_six: '请输入六位数字。', join_do: '参加', join_scan: '扫队长的码', joined: '您已参加{squad}这一班。', join_here: '没有班次，也可以当场参加', show_code: '让人当场参加', code: '参加码', code_text: '扫一扫，或者在巡逻页面输入这六位数字。每分钟换一次。',
  night_on: '夜间模式', night_off: '日间模式', more: '更多',
}
