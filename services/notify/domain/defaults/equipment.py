"""What is said of equipment and its loans. An overdue loan is nobody's business but the borrower's and the lender's."""

from services.notify.domain.defaults.rule import Words, rule

PAGE, DESK = "/loans/{loan_id}", "/desk/equipment/loans/{loan_id}"
LENDS = {"zh": "这是您单位的器材", "en": "it is your unit's"}
BORROWER = [{"field": "person_ids"}, {"unit_officers": "borrower_ids"}]
OFFICERS = [{"unit_officers": "unit_id"}]


def _to_borrower(what: str) -> dict:
    """News of a loan for who has it."""
    why = {"zh": "您借了这件器材", "en": "you borrowed it"}
    return rule(what, f"events.{what}.v1", BORROWER, what, "service", thread="loan_id", link=PAGE, why=why)


def _to_lender(code: str, topic: str, audience: list[dict], *, link: str = DESK) -> dict:
    return rule(code, f"events.{topic}.v1", audience, code, "service", thread="loan_id", link=link, why=LENDS)


RULES = [
    _to_lender("loan_to_decide", "loan_asked", OFFICERS),
    _to_lender("loan_to_hand_out", "loan_to_hand_out", [{"field": "person_id"}], link=PAGE),
    _to_borrower("loan_decided"),
    _to_borrower("loan_is_due"),
    _to_borrower("loan_overdue"),
    _to_borrower("loan_still_out"),
    _to_lender("loan_not_back", "loan_still_out", OFFICERS),
    _to_lender("equipment_damaged", "equipment_damaged", OFFICERS),
]
TEMPLATES: Words = {
    "loan_to_decide": {
        "zh": (
            "有人想借：{title}",
            "有人想借“{title}”，{count} 件，{starts_at} 到 {ends_at}。请点开看看能不能借。",
        ),
        "en": (
            "To decide: {title}",
            "Somebody asks for {count} of “{title}”, {starts_at} to {ends_at}. Can they have it?",
        ),
    },
    "loan_to_hand_out": {
        "zh": ("有人要来取：{title}", "“{title}”，{count} 件，{starts_at} 来取，{ends_at} 前还。请准备好。"),
        "en": (
            "To hand out: {title}",
            "{count} of “{title}” will be fetched {starts_at}, back by {ends_at}. Please have it ready.",
        ),
    },
    "loan_decided": {
        "zh": ("您想借的：{title}", "“{title}”，{count} 件，{starts_at} 到 {ends_at}：{decision}。{why_reason}"),
        "en": ("Your loan: {title}", "{count} of “{title}”, {starts_at} to {ends_at}: {decision}. {why_reason}"),
    },
    "loan_is_due": {
        "zh": ("快到期了：{title}", "您借的“{title}”（{left} 件）请在 {ends_at} 前还给{unit_name}。"),
        "en": ("Due soon: {title}", "Please bring back {left} of “{title}” to {unit_name} by {ends_at}."),
    },
    "loan_overdue": {
        "zh": (
            "到期了：{title}",
            "您借的“{title}”（{left} 件）到期了，{ends_at} 应还。请尽快还给{unit_name}，还要用就打个电话说一声。",
        ),
        "en": (
            "Please bring it back: {title}",
            "{left} of “{title}” were due {ends_at}. Please bring them to {unit_name}, or give them a call.",
        ),
    },
    "loan_still_out": {
        "zh": (
            "等您还：{title}",
            "您借的“{title}”（{left} 件）{ends_at} 就到期了，别人也等着用。有难处请给{unit_name}打电话。",
        ),
        "en": (
            "Still with you: {title}",
            "{left} of “{title}” were due {ends_at}, and others wait for it. Please call {unit_name}.",
        ),
    },
    "loan_not_back": {
        "zh": ("还没还回来：{title}", "“{title}”（{left} 件）{ends_at} 应还，到现在还没还。请点开，打个电话问问。"),
        "en": ("Not back yet: {title}", "{left} of “{title}” were due {ends_at}. Please open it and give them a call."),
    },
    "equipment_damaged": {
        "zh": (
            "还回来{harm}：{title}",
            "“{title}”还回来 {back} 件，{condition}，少 {missing} 件。{note} 少的先不外借，清点后请更正数量。",
        ),
        "en": (
            "Came back: {title}",
            "{back} of “{title}” came back, {condition}; {missing} are missing and not lent until counted. {note}",
        ),
    },
}
SMS_CODES: dict[str, str] = {}
