"""What is told together, at the times that people chose: here only what the desk sees of it (domain/bundles.py)."""

from services.notify.domain.defaults.rule import Words, rule

RULES = [
    rule(
        "digest",
        "notify.digest",
        [{"field": "person_id"}],
        "digest",
        "service",
        link="/inbox",
        why={"zh": "您选了这个时间一起收", "en": "you chose to get them together"},
    ),
]
TEMPLATES: Words = {
    "digest": {
        "zh": ("一起发的消息（{occurred_at}）", "选了“一起收”的人，这时收到攒下的消息，每件事一行。"),
        "en": ("Told together, {occurred_at}", "Whoever chose so gets what has gathered, a line for each thing."),
    },
}
SMS_CODES: dict[str, str] = {"digest": "SMS_DIGEST"}
