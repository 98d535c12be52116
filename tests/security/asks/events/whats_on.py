"""What is on, for everybody; and papers, route by route."""

from tests.security.asks.ask import Ask

NOTHING = "–"
POSTER = "GET /api/events/activities/<activity_id>/poster"

ASKS = {
    ("GET /api/events/public/tonight", NOTHING): Ask(),
    ("GET /api/events/public/tonight.txt", NOTHING): Ask(),
    ("GET /api/events/public/week", NOTHING): Ask(),
    ("GET /api/events/public/week/paper", NOTHING): Ask(),
    ("GET /api/events/public/open.css", NOTHING): Ask(),
    ("GET /api/events/public/papers/<name>.css", NOTHING): Ask(path={"name": "papers"}),
    ("GET /api/events/public/come/<activity_id>", "a published one"): Ask(thing="under_way_activity"),
    (POSTER, "a published one"): Ask(thing="published"),
    (POSTER, "a draft"): Ask(thing="draft"),
}
