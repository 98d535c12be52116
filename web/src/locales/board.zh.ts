/** The board's map. */
export default {
  map: '今晚的示意图', map_note: '图上只有固定的巡更点，不显示人在哪里。实线走过，点线还没走。', legend: '图例',
  map_text: '到过 {visited} 处，下一处 {next} 处，该到了还没到 {late} 处，跳过 {skipped} 处，还没到 {to_come} 处，求助 {sos} 处，今晚不走 {idle} 处。列表里有同样的内容。',
  states: { sos: '求助', late: '该到了', next: '下一处', visited: '到过', skipped: '跳过', to_come: '还没到', idle: '今晚不走' },
  silent_since: '{time}后无消息', cases: '报修 {n}', cases_late: '报修 {n} 超时 {late}', called: '召集 {n} 人在路上',
  coming: '{n} 人在路上', later: '{n} 人 10 分钟后到', lacking: '还缺 {n} 人', enough: '人手够了', asked: '叫了 {n} 人',
  cases_here: '这里的报修', all_cases: '全部报修', no_cases: '这里没有没办完的报修',
}
