export default {
  title: '文艺团队', none: '还没有团队', none_text: '登记团队以后，可以排练、邀请演出。', new: '登记团队', change: '修改团队', size: '{n} 人', leader: '队长 {name}', no_leader: '还没有队长', of_residents: '居民团队', inactive: '已停办',
  disciplines: { choir: '合唱', dance: '舞蹈', exercise: '健身操', errentai: '二人台', calligraphy: '书画', instruments: '器乐', chess: '棋牌', photo: '摄影', other: '其他' },
  name: '团队名称', discipline: '门类', about: '介绍', unit: '所属单位', residents: '居民自办', pick_leader: '找队长', leader_is: '队长：{name}', active: '正在活动', saved: '已保存。',
  rehearsals: '排练时间', rehearsal: '排练', book_room: '预订这个场地', place_hint: '选能预订的场地，保存后可以直接去预订。', no_rehearsals: '还没有固定的排练时间', weekday: '星期几', start_time: '几点开始', minutes: '时长（分钟）', place: '地点', add_rehearsal: '加一次排练', remove: '去掉', minutes_n: '{n} 分钟',
  repertoire: '节目单', no_repertoire: '还没有节目', piece: '节目', piece_minutes: '多长（分钟）', add_piece: '加一个节目',
  roster: '队员名单', roster_for: '只有队长和社区看得到名单。', no_roster: '名单还是空的', add_member: '加队员', member_name: '居民姓名', or_name: '不是本库成员就写姓名', part: '声部或角色', take_off: '移出', take_off_text: '把{name}移出名单？', taken_off: '已移出。', added: '已加入。', since: '{at} 加入', leave: '退出团队',
  weekdays: { 1: '星期一', 2: '星期二', 3: '星期三', 4: '星期四', 5: '星期五', 6: '星期六', 7: '星期日' },
  invitations: '演出邀请', no_invitations: '没有邀请', invite: '邀请演出', invite_unit: '哪个单位邀请', event: '什么活动', starts_at: '开始时间', ends_at: '结束时间', wishes: '想看什么节目', invited: '已邀请，队长会收到通知。', from_unit: '{unit}邀请',
  invitation_states: { asked: '等待答复', accepted: '已答应', declined: '来不了', withdrawn: '已取消' }, accept: '我们去', decline: '去不了', decline_reason: '为什么去不了', accepted: '已答应，对方会收到通知。', declined: '已告诉对方。', withdraw: '取消邀请', withdraw_reason: '为什么取消', withdrawn: '已取消，队长会收到通知。', to_answer: '请您答复', reason: '原因：{reason}', mine: '我带的团队', all: '所有团队',
}
