"""What is said of cases: to who must see to them, and to who reported them."""

from services.notify.domain.defaults.rule import Words, rule

DESK, MINE = "/desk/cases/{case_id}", "/me/reports"
QUIETLY = ["inbox", "web_push", "wecom"]
OWNED = {"zh": "这件事分派给您单位处理", "en": "your unit sees to this"}
REPORTED = {"zh": "这件事是您报的", "en": "you reported it"}

RULES = [
    rule(
        "case_for_unit",
        "patrol.case_routed.v1",
        [{"unit_officers": "unit_ids"}],
        "case_routed",
        "service",
        link=DESK,
        why=OWNED,
    ),
    rule(
        "case_for_desk",
        "patrol.case_routed.v1",
        [{"role": "duty"}],
        "case_routed",
        "service",
        condition={"to_desk": [True]},
        channels=QUIETLY,
        link=DESK,
        why={"zh": "没有指定单位的事由值班台处理", "en": "what is no unit's is the desk's"},
    ),
    rule(
        "case_news_for_reporter",
        "patrol.case_moved.v1",
        [{"field": "person_ids"}],
        "case_moved",
        "service",
        condition={"step": ["taken", "paused", "reopened", "closed", "dropped", "merged"]},
        channels=QUIETLY,
        link=MINE,
        why=REPORTED,
    ),
    rule(
        "case_news_for_unit",
        "patrol.case_moved.v1",
        [{"unit_officers": "unit_ids"}],
        "case_moved",
        "service",
        condition={"step": ["confirmed", "reopened", "closed", "dropped", "merged"]},
        link=DESK,
        why=OWNED,
    ),
    rule(
        "case_fixed",
        "patrol.case_fixed.v1",
        [{"field": "person_ids"}],
        "case_fixed",
        "service",
        channels=[*QUIETLY, "sms"],
        thread="case_id",
        needs_answer=True,
        link=MINE,
        why=REPORTED,
    ),
    rule(
        "case_late_for_desk",
        "patrol.case_overdue.v1",
        [{"role": "duty"}],
        "case_overdue",
        "service",
        condition={"level": [1]},
        link=DESK,
        why={"zh": "到时间没有办，值班台要过问", "en": "it is late, so the desk asks"},
    ),
    rule(
        "case_late_for_secretary",
        "patrol.case_overdue.v1",
        [{"role": "secretary"}],
        "case_overdue",
        "service",
        condition={"level": [2]},
        link=DESK,
        why={"zh": "一直没有办，请书记过问", "en": "it is still late, so the secretary asks"},
    ),
    rule(
        "case_by_sms",
        "patrol.case_reporter_reached.v1",
        [{"field": "report_id"}],
        "case_by_sms",
        "service",
        channels=["sms"],
        why={"zh": "您报修时留了电话", "en": "you left your number with your report"},
    ),
]
TEMPLATES: Words = {
    "case_routed": {
        "zh": ("请处理：{place} {kind}", "{place}：{kind}。{words} 请在 {due_at} 前接手。编号 {number}。"),
        "en": ("To see to: {kind}, {place}", "{kind}, {place}. {words} Please take it by {due_at}. Number {number}."),
    },
    "case_moved": {
        "zh": ("{place} {kind}：{step}", "{place}的“{kind}”{step}。{words} 编号 {number}。"),
        "en": ("{kind}, {place}: {step}", "“{kind}” at {place}: {step}. {words} Number {number}."),
    },
    "case_fixed": {
        "zh": ("修好了吗？{place} {kind}", "{place}的“{kind}”已处理：{words}。请您看看，点一下答复。编号 {number}。"),
        "en": ("Is it fixed? {kind}, {place}", "“{kind}” at {place}: {words}. Please look and tap. Number {number}."),
    },
    "case_overdue": {
        "zh": ("超时未办：{place} {kind}", "{place}的“{kind}”到时间还没有结果，请您过问。编号 {number}。"),
        "en": ("Late: {kind}, {place}", "“{kind}” at {place} is late. Please look into it. Number {number}."),
    },
    "case_by_sms": {
        "zh": ("您报的 {number}：{step}", "您报的 {number}：{step}。凭编号和密码可以查看。"),
        "en": ("Your report {number}: {step}", "Your report {number}: {step}. See it by number and PIN."),
    },
}
SMS_CODES: dict[str, str] = {"case_by_sms": "SMS_NOTICE", "case_fixed": "SMS_NOTICE"}
