"""Weather: the ground closes, the warm rooms open, and what it did is undone when it is over. Nothing else is."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import closures
from services.events.domain.hours import FORESEEABLE, HERE, days, reach, today
from services.events.domain.venue_news import tell_of_venue
from services.events.domain.venues import alone
from services.events.models import Venue, VenueClosure, VenueException, WeatherMode
from shared.db import now
from shared.schemas.events import VenueHoursChanged

#: What lies under the open sky.
OUTDOORS = ("ground", "yard")

#: Where one may warm up, cool down or wait; bad air is no better there than at home.
SHELTERS = ("warm_room",)
SHELTER_FROM = ("cold", "heat", "storm")

#: From eight in the morning until ten in the evening, in minutes of the day.
OPENS, CLOSES = 8 * 60, 22 * 60

REASONS = {
    "cold": "寒潮天气，开放取暖",
    "heat": "高温天气，开放纳凉",
    "storm": "大风暴雨，开放避险",
}  # fmt: skip
CLOSED = {"cold": "寒潮", "heat": "高温", "storm": "大风暴雨", "air": "空气污染"}


def follow(db: Session, event: Any) -> None:
    """Do what the weather asks for, or undo it. News that is older than what we know changes nothing."""
    names = ("weather_id", "weather", "mode", "words", "since", "until", "version")
    statement = insert(WeatherMode).values({name: getattr(event, name) for name in names})
    news = {name: statement.excluded[name] for name in names[1:]}
    newer = WeatherMode.version < statement.excluded.version
    kept = statement.on_conflict_do_update(index_elements=["weather_id"], set_=news, where=newer)
    if db.scalar(kept.returning(WeatherMode.weather_id)) is None:
        return
    if event.mode == "off":
        _undo(db, event.weather_id)
    heed(db)


def heed(db: Session) -> None:
    """Close and open what weather that is on asks for, day by day as it goes on."""
    for mode in db.scalars(select(WeatherMode).where(WeatherMode.mode == "on").order_by(WeatherMode.weather_id)):
        if reach(mode.weather, mode.until) > now():
            _close(db, mode)
            _open(db, mode)


def effects(db: Session, weather: str) -> dict[str, Sequence[Venue]]:
    """Which venues would close and which open."""
    return {"closes": db.scalars(_outdoors()).all(), "opens": db.scalars(_shelters(weather)).all()}


def _close(db: Session, mode: WeatherMode) -> None:
    closed = exists().where(VenueClosure.venue_id == Venue.id, VenueClosure.weather_id == mode.weather_id)
    reason = mode.words or CLOSED[mode.weather]
    for venue in db.scalars(_outdoors().where(~closed)).all():
        closure = closures.close(
            db, venue, kind=mode.weather, since=mode.since, until=mode.until, reason=reason, by="weather"
        )
        closure.weather_id = mode.weather_id
    db.flush()


def _open(db: Session, mode: WeatherMode) -> None:
    """Days of which somebody said otherwise stay as they were said."""
    first = max(mode.since.astimezone(HERE).date(), today())
    last = min((mode.until or now() + FORESEEABLE), now() + FORESEEABLE).astimezone(HERE).date()
    wanted = days(first, last) if first <= last else []
    for venue in db.scalars(_shelters(mode.weather)).all():
        alone(db, venue.id)
        taken = select(VenueException.day).where(VenueException.venue_id == venue.id, VenueException.day.in_(wanted))
        _add_days(db, venue, mode, sorted(set(wanted) - set(db.scalars(taken))))


def _add_days(db: Session, venue: Venue, mode: WeatherMode, free: list[date]) -> None:
    if not free:
        return
    hours = {"opens": OPENS, "closes": CLOSES, "reason": REASONS[mode.weather], "weather_id": mode.weather_id}
    db.add_all(VenueException(venue_id=venue.id, day=day, **hours) for day in free)
    db.flush()
    tell_of_venue(db, VenueHoursChanged, venue)


def _undo(db: Session, weather_id: UUID) -> None:
    still = (VenueClosure.weather_id == weather_id, VenueClosure.lifted_at.is_(None))
    lifted = select(VenueClosure).where(*still).order_by(VenueClosure.venue_id, VenueClosure.id)
    for closure in db.scalars(lifted).all():
        if reach(closure.kind, closure.until) > now():
            closures.reopen(db, closure.id)
    mine = VenueException.weather_id == weather_id
    ours = select(Venue).where(Venue.id.in_(select(VenueException.venue_id).where(mine))).order_by(Venue.id)
    for venue in db.scalars(ours).all():
        alone(db, venue.id)
        to_come = VenueException.day >= today()  # what was open yesterday was open
        db.execute(delete(VenueException).where(mine, VenueException.venue_id == venue.id, to_come))
        tell_of_venue(db, VenueHoursChanged, venue)


def _outdoors() -> Select[Venue]:
    return select(Venue).where(Venue.kind.in_(OUTDOORS)).order_by(Venue.id)


def _shelters(weather: str) -> Select[Venue]:
    kinds = SHELTERS if weather in SHELTER_FROM else ()
    return select(Venue).where(Venue.kind.in_(kinds)).order_by(Venue.id)
