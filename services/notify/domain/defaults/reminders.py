"""What people are reminded of. It says no "tomorrow": quiet hours may hold it back."""

from services.notify.domain.defaults.rule import Words, rule

PAGE = "/activities/{activity_id}"
SEAT = {"zh": "您报了名，怕您忘了", "en": "you have a seat, and may have forgotten"}

RULES = [
    rule(
        "activity_in_a_day",
        "events.activity_is_near.v1",
        [{"field": "person_ids"}],
        "activity_in_a_day",
        "service",
        condition={"ahead": ["day"]},
        thread="activity_id",
        link=PAGE,
        why=SEAT,
    ),
    rule(
        "activity_in_an_hour",
        "events.activity_is_near.v1",
        [{"field": "person_ids"}],
        "activity_in_an_hour",
        "service",
        condition={"ahead": ["hour"]},
        channels=["inbox", "web_push", "wecom"],  # an e-mail is read too late
        thread="activity_id",
        link=PAGE,
        why=SEAT,
    ),
]
TEMPLATES: Words = {
    "activity_in_a_day": {
        "zh": (
            "别忘了：{title}",
            "您报名的“{title}”是 {starts_at}，地点：{place}。来不了请取消报名，把名额让给别人。",
        ),
        "en": (
            "A reminder: {title}",
            "You have a seat in “{title}”: {starts_at}, {place}. If you cannot come, cancel it for somebody else.",
        ),
    },
    "activity_in_an_hour": {
        "zh": ("快开始了：{title}", "“{title}”{starts_at} 开始，地点：{place}。路上小心。"),
        "en": ("Soon: {title}", "“{title}” begins {starts_at}, {place}. See you there."),
    },
}
SMS_CODES: dict[str, str] = {}
