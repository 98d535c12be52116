"""What is said of the roster: plans, places that pass on, looking for cover."""

from services.notify.domain.defaults.rule import Words, rule

PAGE = "/my-shifts"

RULES = [
    rule(
        "roster_published",
        "patrol.roster_published.v1",
        [{"field": "person_id"}],
        "roster_published",
        "duty",
        link=PAGE,
        why={"zh": "给您排了班", "en": "you are on the roster"},
    ),
    rule(
        "shift_swap_offered",
        "patrol.shift_swap_offered.v1",
        [{"field": "person_id"}],
        "shift_swap_offered",
        "service",
        needs_answer=True,
        thread="swap_id",
        link=PAGE,
        why={"zh": "队友想请您替一班", "en": "a mate asks you to take a shift"},
    ),
    rule(
        "shift_swap_ended",
        "patrol.shift_swap_ended.v1",
        [{"field": "person_id"}],
        "shift_swap_ended",
        "service",
        thread="shift_id",
        link=PAGE,
        why={"zh": "您参加了换班", "en": "you swap a shift"},
    ),
    rule(
        "cover_asked",
        "patrol.cover_asked.v1",
        [{"field": "person_id"}],
        "cover_asked",
        "duty",
        needs_answer=True,
        thread="ask_id",
        link=PAGE,
        why={"zh": "这一班缺人，您正合适", "en": "a shift is short of hands, and you fit"},
    ),
    rule(
        "cover_filled",
        "patrol.cover_ended.v1",
        [{"field": "person_id"}],
        "cover_filled",
        "service",
        condition={"cover_outcome": ["filled", "stopped", "too_late"]},
        thread="shift_id",
        link=PAGE,
        why={"zh": "之前问过您能不能顶班", "en": "you were asked to stand in"},
    ),
    rule(
        "cover_found_nobody",
        "patrol.cover_found_nobody.v1",
        [{"field": "leader_ids"}],
        "cover_found_nobody",
        "duty",
        thread="cover_id",
        link=PAGE,
        why={"zh": "您带的队还缺人", "en": "your squad is still short of hands"},
    ),
    rule(
        "cover_found_nobody_for_the_desk",
        "patrol.cover_found_nobody.v1",
        [{"role": "duty"}],
        "cover_found_nobody",
        "duty",
        thread="cover_id",
        link="/desk/board/roster",
        why={"zh": "您在值班，这一班还缺人", "en": "you are on duty, and a shift is still short of hands"},
    ),
]
TEMPLATES: Words = {
    "roster_published": {
        "zh": ("新的排班：您有 {turns} 个班", "给您排了 {turns} 个班：{shifts}。去不了的，请在“我的班次”里请人替。"),
        "en": ("The roster: {turns} shifts for you", "You walk {turns} shifts: {shifts}. Cannot? Ask for a swap."),
    },
    "shift_swap_offered": {
        "zh": ("能替一班吗：{starts_at}", "{from_name} 去不了 {squad} {starts_at} 到 {ends_at} 的班，想请您替。"),
        "en": ("Can you take a shift: {starts_at}", "{from_name} cannot walk with {squad}, {starts_at} to {ends_at}."),
    },
    "shift_swap_ended": {
        "zh": ("换班：{starts_at}", "{squad} {starts_at} 的班：{by_name}{swap_outcome}。"),
        "en": ("Swap: {starts_at}", "{squad}, {starts_at}: {by_name} {swap_outcome}."),
    },
    "cover_asked": {
        "zh": (
            "缺人顶班：{starts_at}",
            "{squad} {starts_at} 到 {ends_at} 缺人，您能来吗？问您是因为：{why_you}。去不了没关系，会再问别人。",
        ),
        "en": (
            "Can you stand in: {starts_at}",
            "{squad} needs somebody, {starts_at} to {ends_at}. Why you: {why_you}. If not, others will be asked.",
        ),
    },
    "cover_filled": {
        "zh": ("顶班：{starts_at}", "{squad} {starts_at} 的班{cover_outcome}。谢谢您。"),
        "en": ("Standing in: {starts_at}", "{squad}, {starts_at}: {cover_outcome}. Thank you."),
    },
    "cover_found_nobody": {
        "zh": ("还缺人：{starts_at}", "{squad} {starts_at} 的班，合适的人都问过了，还缺人。请想别的办法。"),
        "en": ("Still short: {starts_at}", "{squad}, {starts_at}: all who fit were asked, and places are empty."),
    },
}
SMS_CODES: dict[str, str] = {
    "roster_published": "SMS_NOTICE",
    "shift_swap_offered": "SMS_NOTICE",
    "cover_asked": "SMS_NOTICE",
    "cover_filled": "SMS_NOTICE",
    "cover_found_nobody": "SMS_NOTICE",
}
