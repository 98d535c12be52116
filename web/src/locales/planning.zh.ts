export default {
  title: '排期板', hint: '把卡片拖到别的日子或场地；也可以点开卡片改时间。确认之前什么都不会变。', this_week: '这一周', all_venues: '全部场地', no_venue: '没有预订场地', none: '这一周还没有活动，也没有预订。', day: '哪一天', none_that_day: '这一天没有活动，也没有预订。',
  card: '{title}，{span}，改时间', people: '{n} 人', move: '改时间：{title}', now: '现在是 {span}', new_start: '改到什么时候开始', until: '到 {at} 结束，时长不变', in_the_way: '时间冲突：{title}，{span}', free: '这个时间没有冲突。',
  will_tell: '报了名的 {n} 人会收到新时间的通知。', move_it: '改到这个时间', move_and_tell: '改时间并通知大家', moved: '时间已改。', look: '查看详情',
}
