"""What to do when a wish cannot be had: another room, another time, or shorter. Each suggestion says why."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from services.events.domain.bookings.picture import Picture, Times, days_of
from services.events.domain.hours import HERE, Span, midnight
from services.events.models import PLACES, Venue
from shared.db import now

#: How many of each kind, how many days later, and what is too short to be worth saying.
EACH = 2
LATER = timedelta(days=7)
SHORTEST = timedelta(minutes=30)


def suggestions(picture: Picture, venue: Venue, others: Sequence[Venue], times: Times) -> list[dict[str, Any]]:
    """Other rooms at that time, this one at other times, and what is left of that time."""
    found = _other_rooms(picture, venue, others, times)
    return [*found, *_other_times(picture, venue, times), *_shorter(picture, venue, times)]


def would_do(venue: Venue, other: Venue, people: int | None) -> bool:
    """Whether *other* can take its place for so many people."""
    alike = other.kind in PLACES if venue.kind in PLACES else other.kind == venue.kind
    return alike and other.bookable and other.id != venue.id and (other.capacity or 0) >= (people or 0)


def _other_rooms(picture: Picture, venue: Venue, others: Sequence[Venue], times: Times) -> list[dict]:
    lasts = times[1] - times[0]
    free = [
        other
        for other in others
        if lasts <= timedelta(minutes=other.longest_minutes) and picture.is_free(other.id, times)
    ]
    free.sort(key=lambda other: (other.kind != venue.kind, other.place_code != venue.place_code, other.capacity or 0))
    return [_said(other, times, {"code": "other_room", "capacity": other.capacity}) for other in free[:EACH]]


def _other_times(picture: Picture, venue: Venue, times: Times) -> list[dict]:
    day = next(days_of(times))
    found = []
    for on in (on for on in picture.days if day <= on <= day + LATER):
        if start := _nearest(picture, venue, on, times):
            code = "other_time" if on == day else "other_day"
            found.append(_said(venue, start, {"code": code}))
        if len(found) == EACH:
            break
    return found


def _nearest(picture: Picture, venue: Venue, on: date, times: Times) -> Times | None:
    """The free time of the same length on this day that begins nearest to the time of day that was wanted."""
    local = times[0].astimezone(HERE)
    wanted = midnight(on) + (local - midnight(local.date()))
    lasts = times[1] - times[0]
    starts = [start for span in picture.free(venue.id, on) for start in _starts(span, venue, lasts)]
    best = min(starts, key=lambda start: (abs(start - wanted), start), default=None)
    return (best, best + lasts) if best else None


def _starts(span: Span, venue: Venue, lasts: timedelta) -> Iterator[Any]:
    """When a booking of that length can begin in a free span."""
    step = timedelta(minutes=venue.slot_minutes)
    begin = midnight(span.starts_at.astimezone(HERE).date())
    start = begin + -(-(span.starts_at - begin) // step) * step
    while start + lasts <= span.ends_at:
        if start > now():
            yield start
        start += step


def _shorter(picture: Picture, venue: Venue, times: Times) -> list[dict]:
    """The longest piece of the wanted time that nobody has."""
    pieces = [
        (max(span.starts_at, times[0]), min(span.ends_at, times[1]))
        for on in days_of(times)
        for span in picture.free(venue.id, on)
    ]
    long = [piece for piece in pieces if SHORTEST <= piece[1] - piece[0] < times[1] - times[0]]
    if not long:
        return []
    best = max(long, key=lambda piece: piece[1] - piece[0])
    return [_said(venue, best, {"code": "shorter", "minutes": (best[1] - best[0]) // timedelta(minutes=1)})]


def _said(venue: Venue, times: Times, why: dict) -> dict[str, Any]:
    return {
        "venue": {"id": venue.id, "code": venue.code, "name": venue.name},
        "starts_at": times[0],
        "ends_at": times[1],
        "why": [why],
    }
