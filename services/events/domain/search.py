"""Which activities somebody looks for: by state, time, unit, words."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ColumnElement, MetaData, String, Table, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session, aliased, selectinload

from services.events.domain.activities import LONGEST
from services.events.models import Activity, Label, Person, SignUp, Unit
from shared.db import now

_SHOWN = ("id", "unit_id", "title", "place", "summary", "starts_at", "ends_at", "state", "reach", "published_at")
_COLUMNS = [Column(name, Activity.__table__.c[name].type) for name in _SHOWN]
_VIEW = Table("words", MetaData(schema="events"), *_COLUMNS, Column("words", String))

#: The committee's activities as one looks for them; their words are in an index (migrations/versions/0008_large.sql).
Found = aliased(Activity, _VIEW, adapt_on_names=True)


def activities(db: Session, ids: list[UUID]) -> list[Activity]:
    """These activities with their units, in this order."""
    query = select(Activity).where(Activity.id.in_(ids)).options(selectinload(Activity.unit))
    found = {activity.id: activity for activity in db.scalars(query)}
    return [found[id] for id in ids if id in found]


def conditions(
    *,
    state: str | None = None,
    starts_after: datetime | None = None,
    starts_before: datetime | None = None,
    unit: str | None = None,
    series: UUID | None = None,
    of_person: UUID | None = None,
    q: str | None = None,
    near: UUID | None = None,
) -> Iterator[ColumnElement[bool]]:
    if state:
        yield from _in_state(state)
    if starts_after:  # what has begun may still go on
        yield _ends_after(starts_after)
    if starts_before:
        yield Found.starts_at < starts_before
    if unit:
        yield Found.unit_id == select(Unit.unit_id).where(Unit.code == unit).limit(1).scalar_subquery()
    if series:
        yield Found.id.in_(select(Activity.id).where(Activity.series_id == series))
    if of_person:
        held = select(SignUp.activity_id).where(SignUp.person_id == of_person, SignUp.state != "cancelled")
        yield Found.id.in_(held)
    if q:
        yield _with_words(q)
    if near:
        yield _near(near)


def _in_state(state: str) -> Iterator[ColumnElement[bool]]:
    yield Found.state == ("published" if state == "ended" else state)
    if state == "published":
        yield _ends_after(now())
    if state == "ended":
        yield Found.ends_at <= now()


def _ends_after(moment: datetime) -> ColumnElement[bool]:
    """The second half of it lets an index find the beginning."""
    return (Found.ends_at > moment) & (Found.starts_at > moment - LONGEST)


def _near(person_id: UUID) -> ColumnElement[bool]:
    """Held for those who live where this person lives, or at a place that bears its name."""
    home = select(Person).where(Person.person_id == person_id).subquery()
    codes = func.array_remove(array([home.c.place_code, home.c.zone_code]), None)
    name = select(Label.name).where(Label.kind == "place", Label.code == home.c.place_code).scalar_subquery()
    here = or_(Activity.audience["zones"].op("?|")(codes), Activity.place.contains(name))
    return Found.id.in_(select(Activity.id).join(home, here))


def _with_words(q: str) -> ColumnElement[bool]:
    """In whose title, place or summary this stands. Not as a parameter, so that Postgres knows how many they are."""
    shortest: ColumnElement[int] = literal_column(str(min(2, len(q))))
    pieces = func.bus.pieces(bindparam(None, q, String, literal_execute=True), shortest)
    columns = (Found.title, Found.place, Found.summary)
    return func.bus.pieces(_VIEW.c.words).op("@>")(pieces) & or_(*(c.icontains(q, autoescape=True) for c in columns))
