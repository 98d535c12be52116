"""The words of notify in the readers' languages: data, no rules."""

Words = dict[str, dict[str, str]]

#: What happened, as "why did I get this?" says it.
TOPICS: Words = {
    "members.sign_in_code_made.v1": {"zh": "您要登录", "en": "You are signing in"},
    "events.activity_submitted.v1": {"zh": "单位提交了活动", "en": "A unit submitted an activity"},
    "events.activity_sent_back.v1": {"zh": "活动需要修改", "en": "An activity needs a change"},
    "events.activity_published.v1": {"zh": "有新的活动", "en": "A new activity"},
    "events.activity_changed.v1": {"zh": "活动有变动", "en": "An activity changed"},
    "events.activity_is_near.v1": {"zh": "活动快到了", "en": "An activity is near"},
    "events.activity_called_off.v1": {"zh": "活动取消了", "en": "An activity was called off"},
    "events.sign_up_changed.v1": {"zh": "您的报名有消息", "en": "News of your sign-up"},
    "events.activity_postponed.v1": {"zh": "活动改期了", "en": "An activity was postponed"},
    "events.activity_withdrawn.v1": {"zh": "活动暂时撤下了", "en": "An activity was taken back"},
    "events.activity_restored.v1": {"zh": "活动照常举行", "en": "An activity is on after all"},
    "events.seat_offered.v1": {"zh": "有空位留给您", "en": "A seat is held for you"},
    "events.seat_offer_ended.v1": {"zh": "留给您的空位有消息", "en": "News of a seat held for you"},
    "events.signed_up_for.v1": {"zh": "有人替您报了名", "en": "Somebody signed you up"},
    "events.swap_offered.v1": {"zh": "有人让名额给您", "en": "Somebody offers you a seat"},
    "events.feedback_asked.v1": {"zh": "想知道活动怎么样", "en": "How an activity was"},
    "events.feedback_gathered.v1": {"zh": "大家对活动的感受", "en": "What people said of an activity"},
    "events.series_submitted.v1": {"zh": "单位提交了系列活动", "en": "A unit submitted a series"},
    "events.series_sent_back.v1": {"zh": "系列活动需要修改", "en": "A series needs a change"},
    "events.series_published.v1": {"zh": "有新的系列活动", "en": "A new series"},
    "events.series_changed.v1": {"zh": "系列活动有变动", "en": "A series changed"},
    "events.series_ended.v1": {"zh": "系列活动结束了", "en": "A series ended"},
    "events.venue_hours_changed.v1": {"zh": "场地开放时间有变动", "en": "A venue has new hours"},
    "events.venue_closed.v1": {"zh": "场地暂停开放", "en": "A venue was closed"},
    "events.venue_opened.v1": {"zh": "场地恢复开放", "en": "A venue is open again"},
    "events.booking_asked.v1": {"zh": "有人申请用场地", "en": "Somebody asked for a venue"},
    "events.booking_decided.v1": {"zh": "您的场地预订有消息", "en": "News of your booking"},
    "events.booking_to_confirm.v1": {"zh": "场地预订要续期", "en": "A booking wants to be confirmed"},
    "events.booking_released.v1": {"zh": "场地预订已释放", "en": "A booking was released"},
    "events.bookings_suspended.v1": {"zh": "场地暂停开放，预订受影响", "en": "A closure took a booking"},
    "events.bookings_restored.v1": {"zh": "场地恢复开放，预订照旧", "en": "A booking holds again"},
    "events.need_to_check.v1": {"zh": "有需求等您看一看", "en": "A need waits to be checked"},
    "events.need_published.v1": {"zh": "需求上了清单", "en": "A need is on the list"},
    "events.need_matched.v1": {"zh": "需求和资源可能对得上", "en": "An offer may fit a need"},
    "events.need_claimed.v1": {"zh": "有人认领了需求", "en": "A need was taken on"},
    "events.claim_accepted.v1": {"zh": "同意您实现心愿", "en": "You may fulfil a wish"},
    "events.claim_given_back.v1": {"zh": "认领退回了", "en": "A claim was given back"},
    "events.need_delivered.v1": {"zh": "认领的事做好了", "en": "Something was delivered"},
    "events.need_closed.v1": {"zh": "需求办结了", "en": "A need is over"},
    "events.wish_confirmed.v1": {"zh": "心愿实现了", "en": "A wish came true"},
    "events.need_unmatched.v1": {"zh": "需求两周没人认领", "en": "Nobody took on a need"},
    "events.need_answered.v1": {"zh": "大家支持的事有了答复", "en": "A supported need was answered"},
    "events.term_published.v1": {"zh": "大讲堂有新一期", "en": "A new term of lectures"},
    "events.speaker_booked.v1": {"zh": "请您来讲课", "en": "You are asked to speak"},
    "events.speaker_released.v1": {"zh": "这一讲改由别人讲", "en": "Somebody else speaks"},
    "events.speaker_withdrew.v1": {"zh": "讲座缺主讲人", "en": "A lecture has no speaker"},
    "events.troupe_invited.v1": {"zh": "有单位邀请团队", "en": "A unit invites the troupe"},
    "events.troupe_answered.v1": {"zh": "团队回复了邀请", "en": "A troupe answered"},
    "events.troupe_uninvited.v1": {"zh": "邀请取消了", "en": "An invitation was cancelled"},
    "events.service_requested.v1": {"zh": "有人申请服务", "en": "Somebody asked for a service"},
    "events.service_answered.v1": {"zh": "您申请的服务有回音", "en": "News of your request"},
    "events.job_submitted.v1": {"zh": "单位提交了岗位", "en": "A unit submitted a job"},
    "events.job_sent_back.v1": {"zh": "岗位需要修改", "en": "A job needs a change"},
    "events.job_published.v1": {"zh": "有新的岗位", "en": "A new job"},
    "events.job_expired.v1": {"zh": "岗位到期了", "en": "A job came off the list"},
    "events.job_referred.v1": {"zh": "有人应聘", "en": "Somebody was referred"},
    "events.job_outcome_asked.v1": {"zh": "想知道应聘结果", "en": "How a referral went"},
    "events.loan_asked.v1": {"zh": "有人想借器材", "en": "Somebody asked to borrow something"},
    "events.loan_to_hand_out.v1": {"zh": "有人要来取器材", "en": "Somebody comes for equipment"},
    "events.loan_decided.v1": {"zh": "您想借的器材有消息", "en": "News of your loan"},
    "events.loan_is_due.v1": {"zh": "借的器材快到期了", "en": "A loan is due"},
    "events.loan_overdue.v1": {"zh": "借的器材到期了", "en": "A loan is over its time"},
    "events.loan_still_out.v1": {"zh": "器材还没还", "en": "A loan is not back yet"},
    "events.equipment_damaged.v1": {"zh": "器材还回来有问题", "en": "Equipment came back with a fault"},
    "patrol.roster_published.v1": {"zh": "新的排班", "en": "A new roster"},
    "patrol.shift_swap_offered.v1": {"zh": "有人请您替班", "en": "Somebody offers you a shift"},
    "patrol.shift_swap_ended.v1": {"zh": "换班有消息", "en": "News of a swap"},
    "patrol.cover_asked.v1": {"zh": "有班次缺人", "en": "A shift is short of hands"},
    "patrol.cover_ended.v1": {"zh": "顶班有消息", "en": "News of a shift that was short"},
    "patrol.cover_found_nobody.v1": {"zh": "班次还缺人", "en": "A shift is still short"},
    "patrol.shift_assigned.v1": {"zh": "给您排了班", "en": "You were put on a shift"},
    "patrol.shift_cancelled.v1": {"zh": "班次取消了", "en": "A shift was cancelled"},
    "patrol.crew_joined.v1": {"zh": "有人当场参加了巡逻", "en": "Somebody joined a patrol"},
    "patrol.shift_restored.v1": {"zh": "班次照常", "en": "A shift is on after all"},
    "patrol.trouble_reported.v1": {"zh": "巡逻发现了隐患", "en": "Trouble was reported"},
    "patrol.squad_went_silent.v1": {"zh": "巡逻队没有按时报平安", "en": "A squad was not heard of"},
    "patrol.squad_is_well.v1": {"zh": "巡逻队平安", "en": "A squad is well"},
    "patrol.sos_raised.v1": {"zh": "有人求助", "en": "Somebody called for help"},
    "patrol.sos_acknowledged.v1": {"zh": "求助有人响应", "en": "A call for help was answered"},
    "patrol.sos_stood_down.v1": {"zh": "求助已解除", "en": "A call for help is over"},
    "notify.channel_test": {"zh": "您在试一试通知方式", "en": "You are trying a channel"},
}

#: As what somebody was told.
ROLES: Words = {
    "person_id": {"zh": "这是您自己的事", "en": "it is about you"},
    "person_ids": {"zh": "您参加了", "en": "you take part"},
    "crew_ids": {"zh": "您是同班队员", "en": "you are on the same shift"},
    "leader_ids": {"zh": "您是队长", "en": "you lead the squad"},
    "duty": {"zh": "您在值班台", "en": "you are at the duty desk"},
    "clerk": {"zh": "您是社区干事", "en": "you are a clerk"},
    "secretary": {"zh": "您是书记", "en": "you are the secretary"},
    "audience": {"zh": "您在通知范围内", "en": "you are in its audience"},
    "offering_person_ids": {"zh": "您提供了资源", "en": "you offer it"},
    "unit_officers": {"zh": "您是单位联络员", "en": "you are the unit's liaison officer"},
    "unit_webhook": {"zh": "单位自己的系统", "en": "the unit's own system"},
    "told": {"zh": "之前通知过您", "en": "you were told before"},
}

#: Kinds of trouble, names of changed facts, what came of something, states of sign-ups.
FACTS: dict[str, Words] = {
    "kind": {
        "lamp": {"zh": "路灯不亮", "en": "lamp out"},
        "fire_lane": {"zh": "消防通道被占", "en": "fire lane blocked"},
        "ice": {"zh": "路面结冰", "en": "ice"},
        "manhole": {"zh": "井盖问题", "en": "manhole"},
        "charging_cable": {"zh": "飞线充电", "en": "charging cable"},
        "gas_smell": {"zh": "闻到燃气味", "en": "smell of gas"},
        "person_needs_help": {"zh": "有人需要帮助", "en": "somebody needs help"},
        "dispute": {"zh": "邻里纠纷", "en": "dispute"},
        "other": {"zh": "其他情况", "en": "something else"},
    },
    "changed": {
        "title": {"zh": "名称", "en": "title"},
        "summary": {"zh": "内容", "en": "description"},
        "place": {"zh": "地点", "en": "place"},
        "starts_at": {"zh": "开始时间", "en": "start"},
        "ends_at": {"zh": "结束时间", "en": "end"},
        "capacity": {"zh": "名额", "en": "seats"},
        "form": {"zh": "形式", "en": "form"},
        "kind": {"zh": "类型", "en": "kind"},
        "audience": {"zh": "参加范围", "en": "audience"},
        "rule": {"zh": "日子", "en": "days"},
        "days": {"zh": "日子", "en": "days"},
        "starts_on": {"zh": "开始日期", "en": "first day"},
        "ends_on": {"zh": "结束日期", "en": "last day"},
        "start_time": {"zh": "时间", "en": "time"},
        "minutes": {"zh": "时长", "en": "length"},
        "seasons": {"zh": "季节安排", "en": "seasons"},
    },
    "result": {
        "accepted": {"zh": "可以来", "en": "they come"},
        "declined": {"zh": "这次来不了", "en": "they cannot come"},
        "taken": {"zh": "已有单位接下来了，会联系您", "en": "a unit has taken it and will contact you"},
        "done": {"zh": "已经办好，请说说满不满意", "en": "it is done; please say whether it helped"},
        "unmet": {"zh": "很抱歉，这次没能办成", "en": "we are sorry, it could not be done"},
    },
    "state": {
        "going": {"zh": "报名成功，座位给您留好了", "en": "you have a seat"},
        "waiting": {"zh": "人满了，您在候补名单里", "en": "it is full; you are on the waiting list"},
        "moved_up": {"zh": "有空位了，您可以来参加", "en": "a seat came free; you can come"},
        "cancelled": {"zh": "已为您取消报名", "en": "your sign-up was cancelled"},
        "passed_on": {"zh": "对方要了您的名额，您这次不用来了", "en": "your seat was taken over; you need not come"},
        "offer_over": {
            "zh": "您答复晚了，这个名额没能留住；想参加请再报一次名",
            "en": "it was too late for that seat; sign up again if you like",
        },
        "declined": {"zh": "对方这次不要您的名额，座位还是您的", "en": "they do not want your seat; it is still yours"},
    },
    "swap_outcome": {
        "accepted": {"zh": "接下了，您这一班不用来了", "en": "took it; you need not come"},
        "declined": {"zh": "这次接不了，这一班还是您的", "en": "cannot; it is still yours"},
        "too_late": {"zh": "已经不用替了，您不用来", "en": "it was settled before; you need not come"},
    },
    "cover_outcome": {
        "filled": {"zh": "已经有人顶上，您不用来了", "en": "it is filled; you need not come"},
        "stopped": {"zh": "不再找人了，您不用来了", "en": "nobody is needed any more; you need not come"},
        "too_late": {"zh": "您答复时已经有人顶上，您不用来了", "en": "it was filled before; you need not come"},
    },
    "why_you": {
        "free_then": {"zh": "您说过这个时间有空", "en": "you said that you are free then"},
        "asked_long_ago": {"zh": "很久没有麻烦过您", "en": "you were not asked for long"},
        "not_asked_yet": {"zh": "还没有麻烦过您", "en": "you were not asked before"},
        "no_clash": {"zh": "和您别的班次不冲突", "en": "it leaves your other shifts alone"},
        "near": {"zh": "离您家近", "en": "it is near your home"},
    },
    "cause": {
        "cold": {"zh": "天气太冷", "en": "cold"},
        "air": {"zh": "空气质量不好", "en": "bad air"},
        "works": {"zh": "施工", "en": "works"},
        "event": {"zh": "有活动", "en": "an event"},
        "other": {"zh": "临时情况", "en": "something unforeseen"},
    },
    "decision": {
        "confirmed": {"zh": "可以用，场地给您留好了", "en": "it is yours"},
        "moved_up": {"zh": "有空了，场地给您留好了", "en": "it came free and is yours"},
        "rejected": {"zh": "这次不能给您用", "en": "it cannot be had this time"},
        "cancelled": {"zh": "预订取消了", "en": "it was called off"},
        "moved": {"zh": "改到了这个时间和地点", "en": "it was moved here"},
        "approved": {"zh": "可以借", "en": "you can have it"},
        "refused": {"zh": "这次借不了", "en": "it cannot be lent this time"},
        "lapsed": {
            "zh": "过了时间没有来取，或者一直没有定下来，已经作废",
            "en": "nobody decided or came for it in time",
        },
        "do": {"zh": "会办", "en": "it will be done"},
        "not_now": {"zh": "现在办不了，以后再办", "en": "not now, but later"},
        "no": {"zh": "不能办", "en": "it cannot be done"},
    },
    "release": {
        "not_confirmed": {"zh": "到期没有确认", "en": "nobody confirmed them in time"},
        "not_decided": {"zh": "开始前没有定下来", "en": "nobody decided before they began"},
        "called_off": {"zh": "活动取消了", "en": "the activity was called off"},
        "postponed": {"zh": "活动改期了，日子还没定", "en": "the activity was postponed"},
    },
    "harm": {
        "damaged": {"zh": "有损坏", "en": "damaged"},
        "missing": {"zh": "少了", "en": "some are missing"},
    },
    "condition": {
        "good": {"zh": "完好", "en": "good"},
        "worn": {"zh": "有磨损", "en": "worn"},
        "damaged": {"zh": "有损坏", "en": "damaged"},
    },
    "reason": {"left": {"zh": "已离开联合党委", "en": "they left the committee"}},
    "outcome": {
        "closed": {"zh": "已经不需要了", "en": "is not needed any more"},
        "withdrawn": {"zh": "撤回了", "en": "was taken back"},
    },
}

ANSWERS: Words = {
    "ack": {"zh": "我来处理", "en": "I will see to it"},
    "decline": {"zh": "我去不了", "en": "I cannot"},
    "call_me": {"zh": "请给我打电话", "en": "Call me"},
}

#: What these answers mean where nobody is asked to help: by the topic of what was told.
OTHER_ANSWERS: dict[str, Words] = {
    "events.seat_offered.v1": {
        "ack": {"zh": "要，我来参加", "en": "Yes, I will come"},
        "decline": {"zh": "不要，让给别人", "en": "No, give it to the next"},
    },
    "patrol.cover_asked.v1": {
        "ack": {"zh": "能来，我顶这一班", "en": "Yes, I will stand in"},
        "decline": {"zh": "这次去不了", "en": "Not this time"},
    },
    "patrol.shift_swap_offered.v1": {
        "ack": {"zh": "好，我替这一班", "en": "Yes, I take it"},
        "decline": {"zh": "这次替不了", "en": "Not this time"},
    },
    "events.signed_up_for.v1": {
        "ack": {"zh": "好的，我参加", "en": "Good, I will come"},
        "decline": {"zh": "不参加，请取消", "en": "No, cancel it"},
    },
}


def answers_to(topic: str) -> Words:
    """The answers that somebody can give to what they were told, and what to write on them."""
    return OTHER_ANSWERS.get(topic, ANSWERS)


ASK: dict[str, str] = {
    "zh": "请点一下您的答复，不需要登录。",
    "en": "Please tap your answer; you need not sign in.",
}

WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
