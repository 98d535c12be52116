"""What is said on the watch: shifts, trouble, silence, calls for help."""

from services.notify.domain.defaults.rule import Words, rule

SAFETY = {"zh": "关系到人的安全", "en": "somebody's safety depends on it"}
SOS_RINGS = [{"field": "crew_ids"}, {"field": "leader_ids"}, {"role": "duty"}]
QUIETLY = ["inbox", "web_push", "wecom"]

RULES = [
    rule(
        "shift_assigned",
        "patrol.shift_assigned.v1",
        [{"field": "person_ids"}],
        "shift_assigned",
        "duty",
        thread="shift_id",
        link="/patrol",
        why={"zh": "班次需要您", "en": "the shift counts on you"},
    ),
    rule(
        "shift_cancelled",
        "patrol.shift_cancelled.v1",
        [{"field": "person_ids"}],
        "shift_cancelled",
        "duty",
        thread="shift_id",
        link="/patrol",
        why={"zh": "您排在这个班次", "en": "you were on the shift"},
    ),
    rule(
        "danger",
        "patrol.trouble_reported.v1",
        [{"field": "leader_ids"}, {"role": "duty"}],
        "danger",
        "critical",
        condition={"kind": ["gas_smell", "person_needs_help"]},
        thread="trouble_id",
        link="/desk/troubles/{trouble_id}",
        needs_answer=True,
        why=SAFETY,
    ),
    rule(
        "trouble",
        "patrol.trouble_reported.v1",
        [{"field": "leader_ids"}, {"role": "duty"}],
        "trouble",
        "duty",
        condition={"kind": ["lamp", "fire_lane", "ice", "manhole", "charging_cable", "dispute", "other"]},
        thread="trouble_id",
        link="/desk/troubles/{trouble_id}",
        why={"zh": "隐患要有人处理", "en": "trouble needs somebody to see to it"},
    ),
    rule(
        "silence_for_crew",
        "patrol.squad_went_silent.v1",
        [{"field": "person_ids"}],
        "silence",
        "critical",
        condition={"step": ["buddy", "leader"]},
        thread="alarm_id",
        needs_answer=True,
        link="/patrol",
        why=SAFETY,
    ),
    rule(
        "silence_for_desk",
        "patrol.squad_went_silent.v1",
        [{"ladder": [{"role": "duty"}]}],
        "silence",
        "critical",
        condition={"step": ["desk"]},
        thread="alarm_id",
        needs_answer=True,
        link="/desk/board",
        why=SAFETY,
    ),
    rule(
        "squad_is_well",
        "patrol.squad_is_well.v1",
        [{"told": "alarm_id"}],
        "squad_is_well",
        "duty",
        thread="alarm_id",
        channels=QUIETLY,
        why={"zh": "之前请您留意过", "en": "you were asked to look before"},
    ),
    rule(
        "sos",
        "patrol.sos_raised.v1",
        [{"ladder": SOS_RINGS, "but": "person_id"}],
        "sos",
        "critical",
        thread="sos_id",
        needs_answer=True,
        link="/desk/board",
        why=SAFETY,
    ),
    rule(
        "sos_answered",
        "patrol.sos_acknowledged.v1",
        [{"field": "person_id"}],
        "sos_answered",
        "critical",
        thread="sos_id",
        channels=[*QUIETLY, "sms"],
        why={"zh": "您求助了", "en": "you called for help"},
    ),
    rule(
        "sos_over",
        "patrol.sos_stood_down.v1",
        [{"told": "sos_id"}],
        "sos_over",
        "duty",
        thread="sos_id",
        channels=QUIETLY,
        why={"zh": "之前通知过您", "en": "you were told before"},
    ),
]
TEMPLATES: Words = {
    "shift_assigned": {
        "zh": (
            "您有一个班：{starts_at}",
            "请您参加 {squad} 的巡逻，{starts_at} 到 {ends_at}。去不了的话，请尽早告诉队长。",
        ),
        "en": (
            "Your shift: {starts_at}",
            "Please join {squad}, {starts_at} to {ends_at}. Cannot come? Tell the leader.",
        ),
    },
    "shift_cancelled": {
        "zh": ("班次取消：{starts_at}", "{squad} {starts_at} 的巡逻取消了，您不用来了。原因：{reason}。"),
        "en": ("Shift cancelled: {starts_at}", "{squad} will not go out at {starts_at}. Reason: {reason}."),
    },
    "danger": {
        "zh": ("紧急：{place} {kind}", "{reporter} 报告：{place} {kind}。{words} 请马上处理，并点一下您的答复。"),
        "en": ("Urgent: {kind}, {place}", "{reporter} reports: {kind}, {place}. {words} Please see to it at once."),
    },
    "trouble": {
        "zh": ("{place} {kind}", "{reporter} 报告：{place} {kind}。{words}"),
        "en": ("{kind}, {place}", "{reporter} reports: {kind}, {place}. {words}"),
    },
    "silence": {
        "zh": ("{squad} {since}没有消息", "{squad} {since}没有消息，请看看他们是否平安。最后一次消息：{last_seen}。"),
        "en": (
            "No news of {squad}",
            "No news of {squad} {since}. Please see whether they are well. Last: {last_seen}.",
        ),
    },
    "squad_is_well": {
        "zh": ("{squad} 平安", "放心吧，{squad} 平安。{said_by} 报的平安。"),
        "en": ("{squad} is well", "All is well with {squad}, says {said_by}."),
    },
    "sos": {
        "zh": ("紧急求助：有人需要帮助", "{person_name}{team} 求助，{where}。请马上联系或前往，并点一下您的答复。"),
        "en": (
            "SOS: somebody needs help",
            "{person_name}{team} calls for help, {where}. Please go, and tap your answer.",
        ),
    },
    "sos_answered": {
        "zh": ("有人来帮您了", "{by_name} 已经收到您的求助，正在赶来。请留在安全的地方。"),
        "en": ("Help is on the way", "{by_name} has your call and is on the way. Please stay where it is safe."),
    },
    "sos_over": {
        "zh": ("求助已解除", "刚才的求助已经解除，大家放心。{by_name}：{note}"),
        "en": ("The call for help is over", "The call for help is over. {by_name}: {note}"),
    },
}
SMS_CODES: dict[str, str] = {
    "danger": "SMS_ALARM",
    "silence": "SMS_ALARM",
    "sos": "SMS_ALARM",
    "sos_answered": "SMS_NOTICE",
    "trouble": "SMS_NOTICE",
    "shift_assigned": "SMS_NOTICE",
    "shift_cancelled": "SMS_NOTICE",
}
