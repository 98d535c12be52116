"""Laying down when a venue is open: all rules and exceptions at once, which must not contradict each other."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.events.domain.venue_news import tell_of_venue
from services.events.models import Venue, VenueException, VenueHours
from shared.errors import Invalid
from shared.schemas.events import VenueHoursChanged

#: A leap year, to lay seasons out in.
LEAP = 2024


def lay_down(db: Session, venue: Venue, rules: Sequence[dict], exceptions: Sequence[dict]) -> Venue:
    """Replace all hours of *venue*. Bookings that were made stay; routes say which lie outside now.

    What the weather opened stays too, except on days of which somebody says otherwise now.
    """
    if errors := {**contradictions(rules), **_of_days(exceptions)}:
        raise Invalid(errors=errors)
    db.execute(delete(VenueHours).where(VenueHours.venue_id == venue.id))
    replaced = VenueException.weather_id.is_(None) | VenueException.day.in_([one["day"] for one in exceptions])
    db.execute(delete(VenueException).where(VenueException.venue_id == venue.id, replaced))
    db.add_all(VenueHours(venue_id=venue.id, **rule) for rule in rules)
    db.add_all(VenueException(venue_id=venue.id, **exception) for exception in exceptions)
    venue.version += 1  # the hours are part of what was seen of it
    db.flush()
    tell_of_venue(db, VenueHoursChanged, venue)
    return venue


def of(db: Session, venue: Venue) -> dict[str, Sequence[Any]]:
    """What is laid down."""
    rules = select(VenueHours).where(VenueHours.venue_id == venue.id)
    exceptions = select(VenueException).where(VenueException.venue_id == venue.id, VenueException.weather_id.is_(None))
    return {
        "rules": db.scalars(rules.order_by(VenueHours.season_from, VenueHours.opens, VenueHours.id)).all(),
        "exceptions": db.scalars(exceptions.order_by(VenueException.day, VenueException.opens)).all(),
    }


def contradictions(rules: Sequence[dict]) -> dict[str, list]:
    """What overlaps, by field: seasons that share a day, and hours of one season that share a minute.

    *with* counts from one, as people do.
    """
    errors: dict[str, list] = {}
    for second, rule in enumerate(rules):
        for first, other in enumerate(rules[:second]):
            if problem := _clash(other, rule):
                errors.setdefault(f"rules.{second}.{problem.pop('field')}", []).append(problem | {"with": first + 1})
    return errors


def days_of(rule: dict) -> set[str]:
    """The days of its season, as 05-01."""
    if rule["season_from"] is None:
        return set(_round_the_year("01-01", "12-31"))
    return set(_round_the_year(rule["season_from"], rule["season_until"]))


def _clash(one: dict, other: dict) -> dict | None:
    weekdays = set(one["weekdays"]) & set(other["weekdays"])
    apart = {one["on_days"], other["on_days"]} == {"working", "holiday"}
    if not weekdays or apart or not (shared := days_of(one) & days_of(other)):
        return None
    if _season(one) and _season(other) and _season(one) != _season(other):
        return {"field": "season", "code": "overlaps", "on": min(shared)}
    if one["opens"] < other["closes"] and other["opens"] < one["closes"]:
        return {"field": "opens", "code": "overlaps", "weekday": min(weekdays)}
    return None


def _of_days(exceptions: Sequence[dict]) -> dict[str, list]:
    errors: dict[str, list] = {}
    for second, one in enumerate(exceptions):
        for first, other in enumerate(exceptions[:second]):
            if one["day"] == other["day"] and _both(one, other):
                errors.setdefault(f"exceptions.{second}.opens", []).append({"code": "overlaps", "with": first + 1})
    return errors


def _both(one: dict, other: dict) -> bool:
    """Whether two exceptions of a day cannot both be true."""
    if one["opens"] is None or other["opens"] is None:
        return True
    return one["opens"] < other["closes"] and other["opens"] < one["closes"]


def _season(rule: dict) -> tuple | None:
    return (rule["season_from"], rule["season_until"]) if rule["season_from"] else None


def _round_the_year(first: str, last: str) -> Iterator[str]:
    day, end = (date.fromisoformat(f"{LEAP}-{each}") for each in (first, last))
    while True:
        yield f"{day:%m-%d}"
        if day == end:
            return
        day = date(LEAP, 1, 1) if (day.month, day.day) == (12, 31) else day + timedelta(days=1)
