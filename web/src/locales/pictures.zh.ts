/** Pictures of what happened, and the lists behind their numbers. */
export default {
  title: '图表', print: '打印', time: '时间', weeks: { 4: '最近四周', 8: '最近八周', 26: '最近半年', 52: '最近一年' }, span: '{from}至{until}', no_people: '图表只看地点、事情和时间，不看个人。点数字可以看到每一件。',
  days: { 1: '星期一', 2: '星期二', 3: '星期三', 4: '星期四', 5: '星期五', 6: '星期六', 7: '星期日' }, hour: '{hour} 点',
  coverage: '巡更点到了多少', by_hour: '按星期和时间', by_place: '按巡更点，到得少的在前', total: '应到 {due} 次，到了 {made} 次（{share}%），另有 {skipped} 次说明原因跳过。', all_skipped: '跳过', cell: '{day} {hour} 点：应到 {due} 次，到了 {made} 次，跳过 {skipped} 次',
  how_spread: '一班的各点按路线顺序，平均分到这一班的时间里。颜色越深，到得越少。', bar_note: '实的是到了，条纹是说明原因跳过，空的是没到。', made_of: '{made} / {due} 次', skipped_n: '跳过 {n} 次', place_words: '{name}：应到 {due} 次，到了 {made} 次，跳过 {skipped} 次', no_visits: '这段时间没有该走的巡更点',
  visits: '应到的每一次', place: '巡更点', planned_at: '应到时间', squad: '队伍', outcome: '结果', outcomes: { all: '全部', made: '到了', skipped: '跳过', missed: '没到' },
  cases: '报修和修好的时间', kind: '情况', bar: '多少', reported: '报了', fixed: '修好', open: '没办完', until_fixed: '多久修好', all_kinds: '合计', hours: '{n} 小时', some_days: '{n} 天', half_in: '一半在 {time}内', spread: '多数 {low}到 {high}', too_few: '太少，不算', cases_note: '实的是修好的，条纹是没办完的。多久修好：方框里是中间的一半，粗线是正中间。少于 {few} 件的不算时间。合并的和不能办的不在内。', no_cases: '没有报修', reported_at: '报的时间', groups: { open: '没办完', done: '修好的', counted: '全部报修', fixed: '等确认', ended: '办完的' },
  drills: '演练时多快答复', drill: '演练', drills_total: '{drills} 次演练，叫了 {asked} 人次，答复 {answered} 人次。', drills_note: '少于 {few} 人答复的不算时间。只看每一圈，不看个人。', no_drills: '这段时间没有演练',
}
