"""Venues as answers, and those that the one who asks runs."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import g
from marshmallow.utils import get_value

from services.events.domain import venues
from services.events.domain.hours import today
from services.events.models import Venue
from services.events.routes.asking import asker
from services.events.schemas import venues as schemas
from shared.audit import record
from shared.auth import actor
from shared.errors import Invalid
from shared.web import match, tag

#: Days that can be asked for at once.
MOST_DAYS = 100


def to_run(venue_id: UUID) -> Venue:
    """The venue, which nobody else touches until we are done, if who asks runs it and has seen its last version."""
    return match(venues.run_by(g.db, venue_id, asker(), lock=True))


def noted(done: str, venue: Venue) -> dict[str, Any]:
    """The venue as an answer, and in the audit log that this was done to it."""
    note(done, venue)
    return shown(venue, tagged=True)


def note(done: str, venue: Venue, **facts: Any) -> None:
    """Write in the audit log what was done to a venue, and by which unit."""
    unit_id = venue.unit_id if venue.unit_id in actor().units() else None
    record(g.db, f"events.venue_{done}", "venue", venue.id, on_behalf_of=unit_id, **facts)


def shown(venue: Venue, *, tagged: bool = False) -> dict[str, Any]:
    """The venue as an answer: its people only for those who run it."""
    runs = venues.runs(asker(), venue)
    said = {name: get_value(venue, name) for name in schemas.Venue().fields if hasattr(venue, name)}
    hidden: dict[str, Any] = {} if runs else {"key_holder": None, "stewards": []}
    if tagged:
        tag(venue)
    return said | hidden | {"runs": runs}


def days(first: date | None, last: date | None) -> tuple[date, date]:
    """The days that somebody asks for: a week from today unless they say."""
    begin = first or today()
    end = last or begin + timedelta(days=6)
    if end < begin:
        raise Invalid(errors={"to": ["ends_before_start"]})
    if (end - begin).days >= MOST_DAYS:
        raise Invalid(errors={"to": [{"code": "too_many_days", "max": MOST_DAYS}]})
    return begin, end
