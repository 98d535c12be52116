"""The roster, route by route: volunteers, templates and plans, swaps, cover."""

from tests.security.asks.ask import Ask, soon

NOTHING = "–"
VOLUNTEER, PATTERN, PLAN = (
    f"/api/patrol/{path}"
    for path in ("volunteers/<person_id>", "roster-patterns/<pattern_id>", "roster-plans/<plan_id>")
)
SWAP, COVER = "/api/patrol/swaps/<swap_id>", "/api/patrol/shifts/<shift_id>/cover"
PAPERS = {"trained_until": "2099-12-31", "insured_until": "2099-12-31"}
FACTS = {"squad_id": "{our_squad}", "weekdays": [1, 4], "starts": "19:00", "minutes": 60}
TO_ONESELF = "one to oneself"

ASKS = {
    ("GET /api/patrol/me/volunteer", NOTHING): Ask(),
    ("PUT /api/patrol/me/volunteer", NOTHING): Ask(json={"max_a_week": 3}),
    ("DELETE /api/patrol/me/volunteer", NOTHING): Ask(),
    ("GET /api/patrol/volunteers", "volunteers"): Ask(thing="mate", lists=True, query="?limit=200"),
    (f"GET {VOLUNTEER}", "a volunteer"): Ask(thing="mate"),
    (f"PUT {VOLUNTEER}", "a volunteer"): Ask(thing="mate", json=PAPERS),
    ("GET /api/patrol/roster-patterns", "templates"): Ask(thing="pattern", lists=True),
    (f"GET {PATTERN}", "a template"): Ask(thing="pattern"),
    (f"PUT {PATTERN}", "a template"): Ask(thing="pattern", json=FACTS, made=True),
    ("GET /api/patrol/roster-plans", "plans"): Ask(thing="roster_plan", lists=True),
    ("POST /api/patrol/roster-plans", NOTHING): Ask(json=lambda: {"from": soon(24)[:10], "weeks": 1}),
    (f"GET {PLAN}", "a plan"): Ask(thing="roster_plan"),
    (f"POST {PLAN}/stop", "a plan"): Ask(thing="roster_plan"),
    (f"POST {PLAN}/replan", "a plan"): Ask(thing="roster_plan"),
    (f"PUT {PLAN}/slots/<number>", "a plan"): Ask(thing="roster_plan", json={"crew": ["{mate}"]}, path={"number": "1"}),
    (f"POST {PLAN}/publish", "a plan"): Ask(thing="roster_plan"),
    ("POST /api/patrol/shifts/<shift_id>/swap", "a planned shift"): Ask(thing="planned", json={}),
    ("GET /api/patrol/me/swaps", "places of the squad"): Ask(thing="place_to_take", lists=True),
    (f"POST {SWAP}/accept", TO_ONESELF): Ask(thing="place_to_take"),
    (f"POST {SWAP}/decline", TO_ONESELF): Ask(thing="place_to_take"),
    (f"DELETE {SWAP}", "one's own"): Ask(thing="place_given"),
    (f"POST {COVER}", "a planned shift"): Ask(thing="planned", json={}),
    (f"GET {COVER}", "a shift short of hands"): Ask(thing="short_shift"),
    ("POST /api/patrol/covers/<cover_id>/stop", "a search"): Ask(thing="cover"),
    ("GET /api/patrol/me/cover-asks", "asked"): Ask(thing="cover_ask", lists=True),
    ("POST /api/patrol/cover-asks/<ask_id>/answer", TO_ONESELF): Ask(thing="cover_ask", json={"yes": True}),
}
