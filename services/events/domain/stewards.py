"""Who looks after a venue on which day, and on which days somebody is missing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from services.events.domain import hours
from services.events.domain.venues import unknown_people
from services.events.models import StewardDuty, Venue
from shared.errors import Invalid


def roster(db: Session, venues: Sequence[Venue], first: date, last: date) -> list[dict[str, Any]]:
    """Each of these days of each venue: whether it opens, who is there, and how many are missing."""
    ids = [venue.id for venue in venues]
    openings = hours.openings(db, ids, first, last)
    there = _on_duty(db, ids, first, last)
    return [
        _day(venue, opening, there[venue.id, opening.on]) for venue in venues for opening in openings.get(venue.id, [])
    ]


def gaps(db: Session, venues: Sequence[Venue], first: date, last: date) -> list[dict[str, Any]]:
    """Days on which a venue opens and somebody is missing, what comes first first."""
    days = [day for day in roster(db, venues, first, last) if day["missing"]]
    return sorted(days, key=lambda day: (day["on"], day["venue"].code))


def put(db: Session, venue: Venue, days: Sequence[dict[str, Any]]) -> None:
    """Let these be the people of these days {on, person_ids}."""
    people = {person_id for day in days for person_id in day["person_ids"]}
    if missing := unknown_people(db, people):
        raise Invalid(errors={"days": [{"code": "unknown", "values": sorted(map(str, missing))}]})
    dates = [day["on"] for day in days]
    db.execute(delete(StewardDuty).where(StewardDuty.venue_id == venue.id, StewardDuty.day.in_(dates)))
    rows = {(day["on"], person_id) for day in days for person_id in day["person_ids"]}
    db.add_all(StewardDuty(venue_id=venue.id, day=on, person_id=person_id) for on, person_id in sorted(rows))
    db.flush()


def duties_of(db: Session, person_id: UUID, first: date) -> Sequence[StewardDuty]:
    """A person's days from this one on."""
    mine = select(StewardDuty).where(StewardDuty.person_id == person_id, StewardDuty.day >= first)
    return db.scalars(mine.options(joinedload(StewardDuty.venue)).order_by(StewardDuty.day).limit(200)).all()


def _on_duty(db: Session, venue_ids: Sequence[UUID], first: date, last: date) -> dict[tuple, list]:
    duties = select(StewardDuty).where(StewardDuty.venue_id.in_(venue_ids), StewardDuty.day.between(first, last))
    found: dict[tuple, list] = defaultdict(list)
    for duty in db.scalars(duties.options(joinedload(StewardDuty.person)).order_by(StewardDuty.person_id)):
        if duty.person:
            found[duty.venue_id, duty.day].append(duty.person)
    return found


def _day(venue: Venue, opening: hours.Opening, people: list) -> dict[str, Any]:
    missing = max(venue.stewards_needed - len(people), 0) if opening.spans else 0
    return {
        "venue": venue,
        "on": opening.on,
        "open": bool(opening.spans),
        "needed": venue.stewards_needed,
        "people": people,
        "missing": missing,
    }
