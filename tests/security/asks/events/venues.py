"""Venues, their hours and bookings, route by route."""

from datetime import timedelta

from services.events.domain.hours import midnight, today
from tests.security.asks.ask import Ask

NOTHING = "–"
VENUE, OWN, OF_VENUE = "a venue", "one's own", "of a venue"
FACTS = {"name": "小剧场", "kind": "hall"}
WHY = {"reason": "测试"}
HOURS = {"rules": [{"weekdays": [1], "opens": "08:00", "closes": "20:00"}]}


def _wish(venue: str, kind: str | None = None) -> dict:
    begin = midnight(today() + timedelta(days=2)) + timedelta(hours=10)
    times = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}
    return {"venue_id": f"{{{venue}}}", "title": "合唱排练", **times} | ({"kind": kind} if kind else {})


def _roster() -> dict:
    return {"days": [{"on": today().isoformat(), "person_ids": []}]}


ASKS = {
    ("GET /api/events/venues", "venues"): Ask(thing="venue", lists=True, query="?limit=200"),
    ("POST /api/events/venues", "the unit that runs it"): Ask(
        thing="unit", json={**FACTS, "code": "NEW", "unit": "{unit_code}"}, named="unit"
    ),
    ("GET /api/events/venues/<venue_id>", VENUE): Ask(thing="venue"),
    ("PUT /api/events/venues/<venue_id>", VENUE): Ask(thing="venue", json=FACTS),
    ("GET /api/events/venues/<venue_id>/hours", VENUE): Ask(thing="venue"),
    ("PUT /api/events/venues/<venue_id>/hours", VENUE): Ask(thing="venue", json=HOURS),
    ("GET /api/events/venues/<venue_id>/opening", "a public venue"): Ask(thing="venue"),
    ("GET /api/events/venues/<venue_id>/opening", "a hidden venue"): Ask(thing="hidden_venue"),
    ("GET /api/events/venues/<venue_id>/free", VENUE): Ask(thing="venue"),
    ("GET /api/events/venues/<venue_id>/closures", VENUE): Ask(thing="venue"),
    ("POST /api/events/venues/<venue_id>/closures", VENUE): Ask(thing="venue", json={"kind": "cold", "reason": "冷"}),
    ("DELETE /api/events/closures/<closure_id>", "a closure"): Ask(thing="closure"),
    ("GET /api/events/venues/<venue_id>/stewards", VENUE): Ask(thing="venue"),
    ("PUT /api/events/venues/<venue_id>/stewards", VENUE): Ask(thing="venue", json=_roster),
    ("GET /api/events/stewards/gaps", "venues"): Ask(thing="venue", lists=True),
    ("GET /api/events/me/steward-duties", "duties"): Ask(thing="my_venue", lists=True),
    ("GET /api/events/bookings", OWN): Ask(thing="my_asked", lists=True, query="?limit=200"),
    ("GET /api/events/bookings", OF_VENUE): Ask(thing="asked_booking", lists=True, query="?limit=200"),
    ("POST /api/events/bookings", VENUE): Ask(thing="venue", json=lambda: _wish("venue"), named="venue_id"),
    ("POST /api/events/bookings", "a block"): Ask(
        thing="venue", json=lambda: _wish("venue", "block"), named="venue_id"
    ),
    ("GET /api/events/bookings/<booking_id>", OWN): Ask(thing="my_asked"),
    ("GET /api/events/bookings/<booking_id>", OF_VENUE): Ask(thing="asked_booking"),
    ("PUT /api/events/bookings/<booking_id>", OWN): Ask(thing="my_asked", json=lambda: _wish("my_venue")),
    ("PUT /api/events/bookings/<booking_id>", OF_VENUE): Ask(thing="asked_booking", json=lambda: _wish("venue")),
    ("POST /api/events/bookings/<booking_id>/approve", OF_VENUE): Ask(thing="asked_booking"),
    ("POST /api/events/bookings/<booking_id>/reject", OF_VENUE): Ask(thing="asked_booking", json=WHY),
    ("POST /api/events/bookings/<booking_id>/withdraw", OWN): Ask(thing="my_asked"),
    ("POST /api/events/bookings/<booking_id>/withdraw", OF_VENUE): Ask(thing="asked_booking"),
    ("POST /api/events/bookings/<booking_id>/cancel", OWN): Ask(thing="my_confirmed", json=WHY),
    ("POST /api/events/bookings/<booking_id>/cancel", OF_VENUE): Ask(thing="confirmed_booking", json=WHY),
    ("POST /api/events/bookings/<booking_id>/reconfirm", OWN): Ask(thing="my_series"),
    ("POST /api/events/bookings/<booking_id>/reconfirm", OF_VENUE): Ask(thing="series_booking"),
    ("GET /api/events/public/board", NOTHING): Ask(),
    ("GET /api/events/public/board.txt", NOTHING): Ask(),
    ("GET /api/events/public/board.html", NOTHING): Ask(),
    ("GET /api/events/public/kiosk.html", NOTHING): Ask(),
    ("GET /api/events/public/screen.css", NOTHING): Ask(),
    ("GET /api/events/public/screen.js", NOTHING): Ask(),
    ("GET /api/events/weather/effects", NOTHING): Ask(query="?weather=cold"),
}
