"""Weather for which patrols stay at home: one switch, one event, and everything comes back when it is over."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload, selectinload

from services.patrol.domain import restoring, roster
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader
from services.patrol.models import Crew, Shift, WeatherMode
from shared.db import find, locked, now
from shared.errors import Invalid, Problem
from shared.outbox import publish
from shared.schemas.patrol import WeatherModeChanged

#: As long as nobody says until when, it is taken to last for so long, and looked at again and again.
FORESEEABLE = timedelta(days=2)

#: In this weather those who asked to be cared for are called.
CALLS_FOR_CARE = ("cold", "heat", "storm")

NAMES = {"cold": "寒潮 cold wave", "heat": "高温 heat", "storm": "大风暴雨 storm", "air": "空气污染 bad air"}
EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}
ON = text("state = 'on'")


class AlreadyOn(Problem):
    """This is on already."""


def switch_on(
    db: Session, reader: Reader, *, weather: str, level: str, words: str, since: datetime | None, until: datetime | None
) -> WeatherMode:
    """From then on outdoor shifts are paused, and everybody is told what to do. Of two at once one does it."""
    since = since or now()
    _check(since, until)
    facts = {"weather": weather, "level": level, "words": words, "since": since, "until": until}
    row = facts | {"raised_by": reader.person_id, "raised_at": now(), "state": "on", "version": 1}
    one_on = {"index_elements": ["committee_id", "weather"], "index_where": ON}
    new = insert(WeatherMode).values(row).on_conflict_do_nothing(**one_on).returning(WeatherMode.id)  # type: ignore[arg-type]
    mode_id = db.scalar(new)
    if mode_id is None:
        raise AlreadyOn
    mode = find(db, WeatherMode, mode_id)
    _pause(db, mode)
    _publish(db, mode)
    return mode


def switch_off(db: Session, mode_id: UUID, *, by: UUID | None) -> WeatherMode:
    """It is over: what it took comes back, and nothing else. Said twice, it is said once."""
    mode = locked(db, WeatherMode, mode_id)
    if mode.state == "off":
        return mode
    mode.state, mode.ended_by, mode.ended_at = "off", by, now()
    db.flush()
    _bring_back(db, mode)
    _publish(db, mode)
    return mode


def heed(db: Session) -> None:
    """End what has had its time, and pause what has come within reach or was planned since."""
    on = select(WeatherMode).where(WeatherMode.state == "on").order_by(WeatherMode.id)
    for mode in db.scalars(on.with_for_update(skip_locked=True)).all():
        if mode.until and mode.until <= now():
            switch_off(db, mode.id, by=None)
        else:
            _pause(db, mode)


def in_its_time(since: datetime, until: datetime | None) -> ColumnElement[bool]:
    """The condition on shifts that this weather takes them: planned, outdoors, not begun, and within its time."""
    end = until or now() + FORESEEABLE
    within = (Shift.starts_at < end) & (Shift.ends_at > max(since, now()))
    return (Shift.state == "planned") & Shift.outdoor & within & (Shift.starts_at >= now() - roster.LONGEST)


def effects(db: Session, *, since: datetime | None, until: datetime | None) -> dict[str, Any]:
    """What switching it on would do to the roster."""
    taken = db.scalars(_whole().where(in_its_time(since or now(), until)).order_by(Shift.starts_at, Shift.id)).all()
    people = {member.person_id for shift in taken for member in shift.crew}
    return {"shifts": taken, "people": len(people)}


def taken_by(db: Session, mode_id: UUID) -> Sequence[Shift]:
    """The shifts that are cancelled because of it; when it is over: those that could not come back."""
    mode = find(db, WeatherMode, mode_id)
    wanted = _whole().where(Shift.weather_id == mode.id, Shift.state == "cancelled")
    if mode.state == "off":
        wanted = wanted.where(Shift.ends_at > now())
    return db.scalars(wanted.order_by(Shift.starts_at, Shift.id)).all()


def how_many(db: Session, modes: Sequence[WeatherMode]) -> dict[UUID, int]:
    """Of each how many shifts are cancelled because of it; of one that is over, how many did not come back."""
    counted = select(WeatherMode.id, func.count()).join(Shift, Shift.weather_id == WeatherMode.id)
    mine = WeatherMode.id.in_([mode.id for mode in modes]) & (Shift.state == "cancelled")
    still = or_(WeatherMode.state == "on", Shift.ends_at > now())
    return {row[0]: row[1] for row in db.execute(counted.where(mine, still).group_by(WeatherMode.id))}


def _pause(db: Session, mode: WeatherMode) -> None:
    """What somebody put back by hand meanwhile stays."""
    new = in_its_time(mode.since, mode.until) & Shift.weather_id.is_distinct_from(mode.id)
    taken = _whole().where(new).order_by(Shift.id).with_for_update(of=Shift)
    reason = f"{NAMES[mode.weather]}：{mode.words}" if mode.words else NAMES[mode.weather]
    for shift in db.scalars(taken, execution_options={"populate_existing": True}).all():
        roster.cancel(db, shift, reason=reason[:200], weather_id=mode.id)


def _bring_back(db: Session, mode: WeatherMode) -> None:
    """Shifts that are not over are planned again, unless other weather holds them."""
    mine = (Shift.weather_id == mode.id, Shift.state == "cancelled", Shift.ends_at > now())
    taken = _whole().where(*mine).order_by(Shift.id).with_for_update(of=Shift)
    others = db.scalars(select(WeatherMode).where(WeatherMode.state == "on").order_by(WeatherMode.id)).all()
    for shift in db.scalars(taken, execution_options={"populate_existing": True}).all():
        if other := next((one for one in others if _covers(one, shift)), None):
            shift.weather_id = other.id
        else:
            _restore(db, shift)
    db.flush()


def _restore(db: Session, shift: Shift) -> None:
    """Its crew cannot walk any more, by papers or another shift: it stays cancelled, and stands on the desk's page."""
    with suppress(Invalid, restoring.ShiftIsPast):
        restoring.restore(db, shift)


def _covers(mode: WeatherMode, shift: Shift) -> bool:
    return mode.since < shift.ends_at and shift.starts_at < (mode.until or now() + FORESEEABLE)


def _publish(db: Session, mode: WeatherMode) -> None:
    columns = ("weather", "level", "words", "since", "until", "version")
    facts = {name: getattr(mode, name) for name in columns} | {"weather_id": mode.id, "mode": mode.state}
    facts |= {"care_round": mode.weather in CALLS_FOR_CARE, "audience": EVERYONE}
    publish(db, WeatherModeChanged, subject=mode.id, **facts)
    tell_board(db, "weather", mode.id)


def _check(since: datetime, until: datetime | None) -> None:
    if until and until <= since:
        raise Invalid(errors={"until": ["ends_before_start"]})
    if until and until <= now():
        raise Invalid(errors={"until": ["in_the_past"]})


def _whole() -> Select[Shift]:
    return select(Shift).options(joinedload(Shift.squad), selectinload(Shift.crew).joinedload(Crew.person))
