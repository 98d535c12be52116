"""What somebody wishes to book, and what is wrong with it before anybody looks whether it is free."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from services.events.domain.bookings.picture import Picture, Times, days_of
from services.events.domain.hours import HERE, midnight
from services.events.domain.series import rule as rules
from services.events.models import LONGEST_BOOKING, Venue
from shared.db import now
from shared.errors import Invalid, Problem

#: Bookings that one wish may make.
MOST = 200


class NotBookable(Problem):
    """This venue cannot be booked."""


class Taken(Problem):
    """Somebody else has the venue then, or it is closed; here is what could be done instead."""


@dataclass(frozen=True)
class Wish:
    """What one would like to have. *repeat*: {rule, until}."""

    title: str
    starts_at: datetime
    ends_at: datetime
    kind: str = "booking"
    people: int | None = None
    person_id: UUID | None = None
    unit_id: UUID | None = None
    activity_id: UUID | None = None
    repeat: dict[str, Any] | None = None

    @property
    def times(self) -> Times:
        return self.starts_at, self.ends_at


def check(venue: Venue, wish: Wish) -> None:
    """Whatever is wrong with the wish as such. A block may last and lie where it wants, in the future."""
    errors: dict[str, list] = {}
    if wish.ends_at <= wish.starts_at:
        errors["ends_at"] = ["ends_before_start"]
    elif wish.ends_at - wish.starts_at > LONGEST_BOOKING:
        errors["ends_at"] = [{"code": "lasts_too_long", "max_minutes": LONGEST_BOOKING // timedelta(minutes=1)}]
    if wish.starts_at <= now() and wish.ends_at > wish.starts_at and (wish.kind == "booking" or wish.ends_at <= now()):
        errors["starts_at"] = ["in_the_past"]
    if not errors and wish.kind == "booking":
        errors = _beyond_bounds(venue, wish)
    if errors:
        raise Invalid(errors=errors)


def check_open(picture: Picture, venue: Venue, times: Times) -> None:
    """That the venue is open all that time: says when it is, or why it is closed."""
    if not picture.fits(venue.id, times):
        raise Invalid(errors={"starts_at": [why_not(picture, venue, times)]})


def why_not(picture: Picture, venue: Venue, times: Times) -> dict[str, Any]:
    """Why a venue cannot be had all that time: closed, with the reason; or outside of its hours."""
    openings = [picture.opening(venue.id, on) for on in days_of(times) if on in picture.kinds]
    closed = [why for opening in openings for why in opening.why if why["code"] == "closed" and _meets(why, times)]
    if closed:
        return closed[0]
    open_then = [span for opening in openings for span in opening.spans]
    spans = [{"from": one.starts_at.astimezone(UTC), "to": one.ends_at.astimezone(UTC)} for one in open_then]
    return {"code": "outside_hours", "spans": spans}


def occurrences(venue: Venue, wish: Wish) -> list[Times]:
    """Each time that the wish means."""
    if wish.repeat is None:
        return [wish.times]
    first = wish.starts_at.astimezone(HERE).date()
    days = _days(wish.repeat, first)
    offset, lasts = wish.starts_at - midnight(first), wish.ends_at - wish.starts_at
    found = [(midnight(on) + offset, midnight(on) + offset + lasts) for on in days]
    if any(following[0] < one[1] for one, following in pairwise(found)):
        raise Invalid(errors={"repeat.rule": ["overlaps_itself"]})
    if found[-1][0] > now() + timedelta(hours=venue.max_hours_ahead):
        raise Invalid(errors={"repeat.until": [{"code": "too_far_ahead", "max_hours": venue.max_hours_ahead}]})
    return found


def _beyond_bounds(venue: Venue, wish: Wish) -> dict[str, list]:
    errors: dict[str, list] = {}
    begin = midnight(wish.starts_at.astimezone(HERE).date())
    if wish.ends_at - wish.starts_at > timedelta(minutes=venue.longest_minutes):
        errors["ends_at"] = [{"code": "lasts_too_long", "max_minutes": venue.longest_minutes}]
    if wish.starts_at > now() + timedelta(hours=venue.max_hours_ahead):
        errors["starts_at"] = [{"code": "too_far_ahead", "max_hours": venue.max_hours_ahead}]
    elif (wish.starts_at - begin) % timedelta(minutes=venue.slot_minutes):
        errors["starts_at"] = [{"code": "off_slot", "minutes": venue.slot_minutes}]
    if wish.people and venue.capacity and wish.people > venue.capacity:
        errors["people"] = [{"code": "too_many_people", "max": venue.capacity}]
    return errors


def _days(repeat: dict[str, Any], first: date) -> list[date]:
    last = repeat["until"]
    if last < first:
        raise Invalid(errors={"repeat.until": ["ends_before_start"]})
    try:
        days = rules.days(repeat["rule"], first, first, last)
    except Invalid as wrong:
        raise Invalid(errors={"repeat.rule": (wrong.errors or {}).get("rule", ["invalid"])}) from None
    if not days:
        raise Invalid(errors={"repeat.rule": ["no_date"]})
    if len(days) > MOST:
        raise Invalid(errors={"repeat.rule": [{"code": "too_many", "max": MOST}]})
    return days


def _meets(closed: dict, times: Times) -> bool:
    return closed["since"] < times[1] and (closed["until"] is None or times[0] < closed["until"])
