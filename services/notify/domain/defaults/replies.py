"""What is said to who replied to an SMS. Only the title goes out: it must be short."""

from services.notify.domain.defaults.rule import Words, rule

OUTCOMES = ("noted", "not_understood", "settled", "answered", "expired")

RULES = [
    rule(
        f"sms_{outcome}",
        "notify.sms_replied",
        [{"field": "person_id"}],
        f"sms_{outcome}",
        "duty",
        condition={"outcome": [outcome]},
        channels=["sms"],
        why={"zh": "您回了短信", "en": "you replied to an SMS"},
    )
    for outcome in OUTCOMES
]
TEMPLATES: Words = {
    "sms_noted": {
        "zh": ("已记下：{said}。{asked}", "您回短信答复“{asked}”：{said}。"),
        "en": ("Noted: {said}. {asked}", "You answered “{asked}” by SMS: {said}."),
    },
    "sms_not_understood": {
        "zh": ("没看懂您的短信，请只回一个数字", "您回的短信没看懂，请只回一个数字。原来的问题：{asked}"),
        "en": ("Not understood. One digit, please", "Your SMS was not understood. The question was: {asked}"),
    },
    "sms_settled": {
        "zh": ("已经有人处理了，谢谢您", "已经有人处理了，谢谢您。原来的问题：{asked}"),
        "en": ("Somebody has seen to it. Thank you", "Somebody has seen to it. The question was: {asked}"),
    },
    "sms_answered": {
        "zh": ("您已经回复过了，要改请打电话", "您已经回复过了，要改请打电话。原来的问题：{asked}"),
        "en": ("Answered before. To change it, call", "You answered before. The question was: {asked}"),
    },
    "sms_expired": {
        "zh": ("这条已过期，请登录或打电话", "这条消息已过期，请登录查看，或给社区打电话。原来的问题：{asked}"),
        "en": ("Too late: please sign in or call", "This has expired: sign in or call. The question was: {asked}"),
    },
}
SMS_CODES: dict[str, str] = dict.fromkeys(TEMPLATES, "SMS_NOTICE")
