"""The answers that people can give to a message, in their languages: data, and which belong to what."""

from services.notify.domain.words import Words

ANSWERS: Words = {
    "ack": {"zh": "我来处理", "en": "I will see to it"},
    "decline": {"zh": "我去不了", "en": "I cannot"},
    "call_me": {"zh": "请给我打电话", "en": "Call me"},
}

#: What these answers mean where nobody is asked to help: by the topic of what was told.
OTHER_ANSWERS: dict[str, Words] = {
    "patrol.case_fixed.v1": {
        "ack": {"zh": "修好了，谢谢", "en": "Yes, it is fixed"},
        "decline": {"zh": "还没修好", "en": "No, it is not"},
    },
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
    "patrol.response_rung.v1": {
        "ack": {"zh": "我去", "en": "I come"},
        "later": {"zh": "10 分钟后到", "en": "In 10 minutes"},
        "decline": {"zh": "去不了", "en": "I cannot"},
    },
}

#: What many are asked together: each answers for themselves, one yes settles nothing, and minds may change.
EACH_FOR_THEMSELVES = {"patrol.response_rung.v1"}


def answers_to(topic: str) -> Words:
    """The answers that somebody can give to what they were told, and what to write on them."""
    return OTHER_ANSWERS.get(topic, ANSWERS)


ASK: dict[str, str] = {
    "zh": "请点一下您的答复，不需要登录。",
    "en": "Please tap your answer; you need not sign in.",
}
