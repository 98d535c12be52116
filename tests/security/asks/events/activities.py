"""Activities and seats, route by route."""

from tests.security.asks.ask import Ask, soon

NOTHING = "–"
DRAFT, SUBMITTED, PUBLISHED = "a draft", "a submitted one", "a published one"
WHY = {"reason": "测试"}


def _plan() -> dict:
    return {
        "title": "春季健康讲座", "kind": "lecture", "form": "classroom", "place": "社区大讲堂",
        "starts_at": soon(24), "ends_at": soon(26), "audience": {"everyone": True},
    }  # fmt: skip


ASKS = {
    ("GET /api/events/activities", "drafts"): Ask(thing="draft", lists=True, query="?limit=200"),
    ("GET /api/events/activities", "published ones"): Ask(thing="published", lists=True, query="?limit=200"),
    ("POST /api/events/activities", "the unit that holds it"): Ask(
        thing="unit", json=lambda: {**_plan(), "unit": "{unit_code}"}, named="unit"
    ),
    ("GET /api/events/activities/<activity_id>", DRAFT): Ask(thing="draft"),
    ("GET /api/events/activities/<activity_id>", PUBLISHED): Ask(thing="published"),
    ("PUT /api/events/activities/<activity_id>", DRAFT): Ask(thing="draft", json=_plan),
    ("PUT /api/events/activities/<activity_id>", PUBLISHED): Ask(thing="published", json=_plan),
    ("POST /api/events/activities/<activity_id>/submit", DRAFT): Ask(thing="draft"),
    ("POST /api/events/activities/<activity_id>/publish", SUBMITTED): Ask(thing="submitted"),
    ("POST /api/events/activities/<activity_id>/send-back", SUBMITTED): Ask(thing="submitted", json=WHY),
    ("POST /api/events/activities/<activity_id>/call-off", DRAFT): Ask(thing="draft", json=WHY),
    ("POST /api/events/activities/<activity_id>/call-off", PUBLISHED): Ask(thing="published", json=WHY),
    ("GET /api/events/activities/<activity_id>/audience-count", DRAFT): Ask(thing="draft"),
    ("POST /api/events/audience/count", NOTHING): Ask(json={"audience": {"everyone": True}}),
    ("PUT /api/events/activities/<activity_id>/sign-up", PUBLISHED): Ask(thing="published"),
    ("DELETE /api/events/activities/<activity_id>/sign-up", PUBLISHED): Ask(thing="published"),
    ("GET /api/events/activities/<activity_id>/sign-ups", PUBLISHED): Ask(thing="published"),
    ("GET /api/events/me/sign-ups", "seats"): Ask(thing="seat", lists=True, query="?limit=200"),
    ("POST /api/events/me/calendar", NOTHING): Ask(),
    ("GET /api/events/feeds/<secret>.ics", NOTHING): Ask(thing="our_feed"),
}
