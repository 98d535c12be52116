"""What is said on the way: a shift that was off is on again."""

from services.notify.domain.defaults.rule import Words, rule

RULES = [
    rule(
        "shift_restored",
        "patrol.shift_restored.v1",
        [{"field": "person_ids"}],
        "shift_restored",
        "duty",
        thread="shift_id",
        link="/patrol",
        why={"zh": "您排在这个班次", "en": "you are on the shift"},
    ),
]
TEMPLATES: Words = {
    "shift_restored": {
        "zh": (
            "班次照常：{starts_at}",
            "{squad} {starts_at} 到 {ends_at} 的巡逻照常进行，请您准时来。去不了的话，请尽早告诉队长。",
        ),
        "en": (
            "Your shift is on: {starts_at}",
            "{squad} goes out after all, {starts_at} to {ends_at}. Cannot come? Tell the leader.",
        ),
    },
}
SMS_CODES: dict[str, str] = {"shift_restored": "SMS_NOTICE"}
