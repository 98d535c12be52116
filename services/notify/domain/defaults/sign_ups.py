"""What is said of seats that are held for somebody, and to those whom others signed up."""

from services.notify.domain.defaults.rule import Words, rule

PAGE = "/activities/{activity_id}"

RULES = [
    rule(
        "seat_offered",
        "events.seat_offered.v1",
        [{"field": "person_id"}],
        "seat_offered",
        "service",
        needs_answer=True,
        thread="offer_id",
        link=PAGE,
        why={"zh": "您在候补名单里", "en": "you are on the waiting list"},
    ),
    rule(
        "seat_offer_expired",
        "events.seat_offer_ended.v1",
        [{"field": "person_id"}],
        "seat_offer_expired",
        "service",
        condition={"outcome": ["expired"]},
        thread="activity_id",
        link=PAGE,
        why={"zh": "有个空位给您留过", "en": "a seat was held for you"},
    ),
    rule(
        "signed_up_for",
        "events.signed_up_for.v1",
        [{"field": "person_id"}],
        "signed_up_for",
        "service",
        needs_answer=True,
        thread="asked_id",
        link=PAGE,
        why={"zh": "有人替您报了名", "en": "somebody signed you up"},
    ),
]
TEMPLATES: Words = {
    "seat_offered": {
        "zh": (
            "有空位了：{title}",
            "“{title}”空出一个名额，给您留到 {until}。时间：{starts_at}；地点：{place}。"
            "要来请点“要”，不来请点“不要”，好让给下一位。",
        ),
        "en": (
            "A seat for you: {title}",
            "A seat came free in “{title}”, {starts_at}, {place}. It is held for you until {until}. Will you take it?",
        ),
    },
    "seat_offer_expired": {
        "zh": (
            "名额没有留住：{title}",
            "“{title}”给您留的名额过了答复时间，已经让给下一位了。还想参加，请点开再报一次名。",
        ),
        "en": (
            "The seat went on: {title}",
            "The seat in “{title}” that was held for you went to the next in line. You can sign up again.",
        ),
    },
    "signed_up_for": {
        "zh": (
            "有人替您报了名：{title}",
            "{by_name} 替您报名参加“{title}”：{state}。时间：{starts_at}；地点：{place}。不参加的话，点一下就取消。",
        ),
        "en": (
            "You were signed up: {title}",
            "{by_name} signed you up for “{title}”: {state}. {starts_at}, {place}. One tap cancels it.",
        ),
    },
}
SMS_CODES: dict[str, str] = {"seat_offered": "SMS_NOTICE", "signed_up_for": "SMS_NOTICE"}
