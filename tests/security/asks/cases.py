"""patrol's cases, route by route."""

from tests.patrol import pictures
from tests.security.asks.ask import Ask

NOTHING = "–"
CASE = "a case of the unit"
CASES, REPORTS = "/api/patrol/cases/<case_id>", "/api/patrol/case-reports"
LAMP = {"kind": "lamp", "place": "东门", "words": "路灯不亮"}
KEY = {"number": "{our_number}", "pin": "000000"}
RULE = {"kind": "noise", "hours_to_take": 1, "hours_to_fix": 2}

ASKS = {
    ("GET /api/patrol/cases", "cases of the unit"): Ask(thing="case", lists=True),
    (f"GET {CASES}", CASE): Ask(thing="case"),
    (f"POST {CASES}/take", CASE): Ask(thing="case"),
    (f"POST {CASES}/pause", CASE): Ask(thing="case_in_hand", json={"reason": "weather"}),
    (f"POST {CASES}/resume", CASE): Ask(thing="case_paused"),
    (f"POST {CASES}/fix", CASE): Ask(thing="case_in_hand", json={"words": "换了灯泡"}),
    (f"POST {CASES}/route", "a case"): Ask(thing="case", json={"unit_id": None}),
    (f"POST {CASES}/merge", "a case"): Ask(thing="case", json={"into": "{case_in_hand}"}),
    (f"POST {CASES}/drop", "a case"): Ask(thing="case", json={"reason": "不是这里的事"}),
    (f"POST {CASES}/close", "a case"): Ask(thing="case", json={"words": "看过了"}),
    (f"PUT {CASES}/photo", CASE): Ask(thing="case", body=pictures.photo((8, 8))),
    ("GET /api/patrol/photos/<photo_id>", CASE): Ask(thing="photo"),
    (f"PUT {REPORTS}/<report_id>", NOTHING): Ask(thing="new_id", json=LAMP | {"channel": "phone"}),
    (f"GET {REPORTS}/<number>/contact", "a resident's report"): Ask(thing="report_number"),
    (f"POST {REPORTS}/<number>/slip", "a resident's report"): Ask(thing="report_number"),
    ("GET /api/patrol/case-rules", "rules"): Ask(thing="case_rule", lists=True),
    ("PUT /api/patrol/case-rules/<rule_id>", "a rule"): Ask(thing="case_rule", json=RULE, made=True),
    ("DELETE /api/patrol/case-rules/<rule_id>", "a rule"): Ask(thing="case_rule"),
    ("GET /api/patrol/public/compounds", NOTHING): Ask(),
    ("PUT /api/patrol/public/reports/<report_id>", NOTHING): Ask(thing="new_id", json=LAMP),
    ("PUT /api/patrol/public/reports/<report_id>/photo", "a report made just now"): Ask(
        thing="our_fresh_report", body=pictures.photo((8, 8))
    ),
    ("POST /api/patrol/public/case", NOTHING): Ask(json=KEY),
    ("PUT /api/patrol/public/case/confirmation", NOTHING): Ask(json=KEY | {"fixed": True}),
    ("GET /api/patrol/me/reports", "reports"): Ask(thing="my_report", lists=True),
    ("PUT /api/patrol/me/reports/<report_id>/confirmation", "one's report"): Ask(
        thing="my_report", json={"fixed": True}
    ),
    ("PUT /api/patrol/me/reports/<report_id>/photo", "one's report"): Ask(
        thing="my_report", body=pictures.photo((8, 8))
    ),
}
