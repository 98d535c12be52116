"""The public board: what is open now, tonight and this week. Everybody reads it, so it names nobody."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from services.events.domain import hours
from services.events.domain.hours import HERE, NEVER, Opening, Span, midnight
from services.events.domain.scope import for_everyone
from services.events.models import PLACES, Activity, Venue
from shared.db import now

WEEK = timedelta(days=7)

#: From when on "tonight" is, at the latest hour at which people still ask for it.
EVENING = time(17)

#: What a board has room for.
MOST = 60


def board(db: Session, *, place: str | None = None) -> dict[str, Any]:
    """All public venues that one just goes to, and the activities that are for everyone."""
    moment, today = now(), hours.today()
    venues = _venues(db, place)
    openings = hours.openings(db, [venue.id for venue in venues], today, today + WEEK - timedelta(days=1))
    days = {venue: openings[venue.id] for venue in venues}
    return {
        "now": moment.replace(second=0, microsecond=0),  # so that the answer stays the same for a while
        "open": [said for venue, week in days.items() for said in _open(venue, week[0], moment)],
        "tonight": _by_time(said for venue, week in days.items() for said in _tonight(venue, week[0], moment)),
        "closed": [said for venue, week in days.items() for said in _closed(venue, week[0], moment)],
        "week": [_day(days, number) for number in range(WEEK.days)],
        "activities": _activities(db, moment),
    }


def find(db: Session, words: str) -> Venue | None:
    """The public venue that somebody means who writes these words."""
    named = Venue.name.icontains(words, autoescape=True) | (func.upper(Venue.code) == words.upper())
    venues = select(Venue).where(Venue.public, Venue.walk_in, named).order_by(Venue.name, Venue.id)
    return db.scalars(venues.limit(1)).first()


def _venues(db: Session, place: str | None) -> Sequence[Venue]:
    venues = select(Venue).where(Venue.public, Venue.walk_in, Venue.kind.in_(PLACES))
    if place:
        venues = venues.where(Venue.place_code == place)
    return db.scalars(venues.order_by(Venue.name, Venue.id)).all()


def _open(venue: Venue, day: Opening, moment: datetime) -> list[dict]:
    held = [span for span in day.spans if span.starts_at <= moment < span.ends_at]
    if not held:
        return []
    until = next(one.ends_at for one in hours.merged(day.spans) if one.starts_at <= moment < one.ends_at)
    return [{"venue": venue, "until": until, "note": _note(held[0], moment)}]


def _tonight(venue: Venue, day: Opening, moment: datetime) -> list[dict]:
    evening = datetime.combine(day.on, EVENING, HERE)
    late = [span for span in day.spans if span.ends_at > max(evening, moment)]
    return [{"venue": venue, "from": span.starts_at, "until": span.ends_at, "note": span.note} for span in late]


def _closed(venue: Venue, day: Opening, moment: datetime) -> list[dict]:
    """What somebody might go to in vain today."""
    end = midnight(day.on + timedelta(days=1))
    told = [
        why for why in day.why if why["code"] == "closed" and why["since"] < end and (why["until"] or NEVER) > moment
    ]
    return [{"venue": venue} | {name: why[name] for name in ("kind", "reason", "since", "until")} for why in told[:1]]


def _day(days: dict[Venue, list[Opening]], number: int) -> dict[str, Any]:
    that_day = {venue: week[number] for venue, week in days.items()}
    open_then = [
        {"venue": venue, "spans": [{"from": one.starts_at, "to": one.ends_at, "note": one.note} for one in day.spans]}
        for venue, day in that_day.items()
        if day.spans
    ]
    return {"on": hours.today() + timedelta(days=number), "venues": open_then}


def _note(span: Span, moment: datetime) -> dict | None:
    """What holds just now: a note may begin later than its span."""
    begin = (span.note or {}).get("from")
    return None if begin and begin > f"{moment.astimezone(HERE):%H:%M}" else span.note


def _by_time(said: Any) -> list[dict]:
    return sorted(said, key=lambda one: (one["from"], one["venue"].name))


def _activities(db: Session, moment: datetime) -> Sequence[Activity]:
    """What is for everyone, goes on or begins within the week."""
    end = midnight(hours.today()) + WEEK
    coming = (
        select(Activity)
        .where(Activity.state == "published", for_everyone())
        .where(Activity.ends_at > moment, Activity.starts_at > moment - WEEK, Activity.starts_at < end)
        .options(joinedload(Activity.unit))
    )
    return db.scalars(coming.order_by(Activity.starts_at, Activity.id).limit(MOST)).all()
