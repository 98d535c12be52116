"""Series and changes of plan, route by route."""

from tests.security.asks.ask import Ask, soon

NOTHING = "–"
DRAFT, SUBMITTED, PUBLISHED = "a draft", "a submitted one", "a published one"
DATELESS, DATELESS_WITH_SEAT = "one without a date", "one without a date, with one's seat"
WHY = {"reason": "测试"}
ONE = "/api/events/series/<series_id>"
ACTIVITY = "/api/events/activities/<activity_id>"


def _rhythm() -> dict:
    return {"rule": "FREQ=WEEKLY", "starts_on": soon(48)[:10], "start_time": "19:00", "minutes": 60}


def _plan() -> dict:
    return {
        **_rhythm(), "title": "每周健身操", "kind": "sport", "form": "on_site", "place": "操场",
        "audience": {"everyone": True},
    }  # fmt: skip


def _template() -> dict:
    return {"name": "讲座", "plan": {"title": "讲座"}}


ASKS = {
    (f"POST {ACTIVITY}/postpone", PUBLISHED): Ask(thing="published", json=WHY),
    (f"POST {ACTIVITY}/withdraw", PUBLISHED): Ask(thing="published", json=WHY),
    (f"POST {ACTIVITY}/restore", "one that was called off"): Ask(thing="called_off"),
    (f"GET {ACTIVITY}/poll", PUBLISHED): Ask(thing="published"),
    (f"PUT {ACTIVITY}/poll/answer", DATELESS_WITH_SEAT): Ask(thing="seat_without_date", json={"options": [0]}),
    (f"POST {ACTIVITY}/poll/choose", DATELESS): Ask(thing="dateless", json={"option": 0}),
    (f"PUT {ACTIVITY}/swap", "one's seat"): Ask(thing="seat", json={"to": "{our_mate}"}),
    ("POST /api/events/swaps/<swap_id>/accept", "a seat on offer"): Ask(thing="swap"),
    ("POST /api/events/swaps/<swap_id>/decline", "a seat on offer"): Ask(thing="swap"),
    ("GET /api/events/me/swaps", NOTHING): Ask(),
    ("GET /api/events/series", "drafts"): Ask(thing="draft_series", lists=True, query="?limit=200"),
    ("GET /api/events/series", "published ones"): Ask(thing="published_series", lists=True, query="?limit=200"),
    ("POST /api/events/series", "the unit that holds it"): Ask(
        thing="unit", json=lambda: {**_plan(), "unit": "{unit_code}"}, named="unit"
    ),
    ("POST /api/events/series/preview", NOTHING): Ask(json=_rhythm),
    (f"GET {ONE}", PUBLISHED): Ask(thing="published_series"),
    (f"GET {ONE}", DRAFT): Ask(thing="draft_series"),
    (f"PUT {ONE}", DRAFT): Ask(thing="draft_series", json=_plan),
    (f"POST {ONE}/submit", DRAFT): Ask(thing="draft_series"),
    (f"POST {ONE}/publish", SUBMITTED): Ask(thing="submitted_series"),
    (f"POST {ONE}/send-back", SUBMITTED): Ask(thing="submitted_series", json=WHY),
    (f"POST {ONE}/end", PUBLISHED): Ask(thing="published_series", json=lambda: {"last": soon(72)[:10], **WHY}),
    (f"PUT {ONE}/standing-place", PUBLISHED): Ask(thing="published_series"),
    (f"DELETE {ONE}/standing-place", PUBLISHED): Ask(thing="published_series"),
    ("GET /api/events/days", NOTHING): Ask(query="?year=2026"),
    ("PUT /api/events/days", NOTHING): Ask(json={"on": "2027-02-20", "kind": "working", "name": "调休"}),
    ("GET /api/events/templates", "templates"): Ask(thing="plan", lists=True),
    ("POST /api/events/templates", "the unit that holds it"): Ask(
        thing="unit", json=lambda: {**_template(), "unit": "{unit_code}"}, named="unit"
    ),
    ("PUT /api/events/templates/<template_id>", "a template"): Ask(thing="plan", json=_template),
    ("DELETE /api/events/templates/<template_id>", "a template"): Ask(thing="plan"),
    ("GET /api/events/feeds/units/<code>.ics", NOTHING): Ask(thing="our_unit_code"),
    ("GET /api/events/feeds/groups/<code>.ics", NOTHING): Ask(thing="our_group"),
    ("GET /api/events/feeds/venues/<venue_id>.ics", "a public one"): Ask(thing="venue"),
    ("GET /api/events/feeds/series/<series_id>.ics", PUBLISHED): Ask(thing="open_series"),
}
