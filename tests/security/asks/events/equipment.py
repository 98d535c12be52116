"""Equipment and its loans, route by route."""

from tests.security.asks.ask import Ask, soon

THING, LOAN = "/api/events/equipment/<equipment_id>", "/api/events/loans/<loan_id>"
EQUIPMENT, IDLE = "equipment", "what is not lent at present"
OWN, LENT, HANDED = "one's own", "of what a unit lends", "of what one hands out"
WHY = {"reason": "测试"}
FACTS = {"name": "折叠桌", "kind": "furniture", "count": 9, "kept_at": "储藏室"}
SPAN = "?from=2031-01-01T00:00:00Z&to=2031-01-02T00:00:00Z"


def _wish(thing: str = "our_equipment", **more: str) -> dict:
    times = {"starts_at": soon(48), "ends_at": soon(50)}
    return {"equipment_id": f"{{{thing}}}", "purpose": "联欢会", **times, **more}


ASKS = {
    ("GET /api/events/equipment", EQUIPMENT): Ask(thing="equipment", lists=True, query="?limit=200"),
    ("POST /api/events/equipment", "the unit that lends it"): Ask(
        thing="unit", json={**FACTS, "unit": "{unit_code}"}, named="unit"
    ),
    (f"GET {THING}", EQUIPMENT): Ask(thing="equipment"),
    (f"GET {THING}", IDLE): Ask(thing="idle_equipment"),
    (f"PUT {THING}", EQUIPMENT): Ask(thing="equipment", json=FACTS),
    (f"POST {THING}/counted", EQUIPMENT): Ask(thing="equipment", json={"count": 8}),
    (f"GET {THING}/free", EQUIPMENT): Ask(thing="equipment", query=SPAN),
    ("GET /api/events/loans", OWN): Ask(thing="my_loan", lists=True, query="?limit=200"),
    ("GET /api/events/loans", LENT): Ask(thing="asked_loan", lists=True, query="?limit=200"),
    ("GET /api/events/loans", HANDED): Ask(thing="to_hand_out", lists=True, query="?limit=200"),
    ("POST /api/events/loans", EQUIPMENT): Ask(
        thing="equipment", json=lambda: _wish("equipment"), named="equipment_id"
    ),
    ("POST /api/events/loans", "for a unit"): Ask(thing="unit", json=lambda: _wish(unit="{unit_code}"), named="unit"),
    ("POST /api/events/loans", "for a troupe that one leads"): Ask(
        thing="led_troupe", json=lambda: _wish(troupe_id="{led_troupe}"), named="troupe_id"
    ),
    (f"GET {LOAN}", OWN): Ask(thing="my_loan"),
    (f"GET {LOAN}", LENT): Ask(thing="asked_loan"),
    (f"POST {LOAN}/approve", LENT): Ask(thing="asked_loan"),
    (f"POST {LOAN}/refuse", LENT): Ask(thing="asked_loan", json=WHY),
    (f"POST {LOAN}/withdraw", OWN): Ask(thing="my_loan"),
    (f"POST {LOAN}/withdraw", LENT): Ask(thing="asked_loan"),
    (f"POST {LOAN}/out", LENT): Ask(thing="approved_loan", json={"count": 1}),
    (f"POST {LOAN}/out", HANDED): Ask(thing="to_hand_out", json={"count": 1}),
    (f"POST {LOAN}/in", LENT): Ask(thing="out_loan", json={"count": 1}),
    (f"POST {LOAN}/in", HANDED): Ask(thing="handed_out", json={"count": 1}),
    (f"GET {LOAN}/slip", OWN): Ask(thing="my_loan"),
    (f"GET {LOAN}/slip", LENT): Ask(thing="asked_loan"),
}
