"""Which activities somebody looks for: by state, time, unit, words."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Column, ColumnElement, MetaData, String, Table, Uuid, bindparam, func, or_, select

from services.events.domain.activities import LONGEST
from services.events.models import Activity, Unit
from shared.db import now

#: The words of the committee's activities, with an index of their pieces (migrations/versions/0009_large.sql).
WORDS = Table("words", MetaData(schema="events"), Column("id", Uuid), Column("words", String))


def conditions(
    *,
    state: str | None = None,
    starts_after: datetime | None = None,
    starts_before: datetime | None = None,
    unit: str | None = None,
    q: str | None = None,
) -> Iterator[ColumnElement[bool]]:
    if state:
        yield from _in_state(state)
    if starts_after:  # what has begun may still go on
        yield _ends_after(starts_after)
    if starts_before:
        yield Activity.starts_at < starts_before
    if unit:
        yield Activity.unit_id == select(Unit.unit_id).where(Unit.code == unit).limit(1).scalar_subquery()
    if q:
        yield _with_words(q)


def _in_state(state: str) -> Iterator[ColumnElement[bool]]:
    yield Activity.state == ("published" if state == "ended" else state)
    if state == "published":
        yield _ends_after(now())
    if state == "ended":
        yield Activity.ends_at <= now()


def _ends_after(moment: datetime) -> ColumnElement[bool]:
    """The second half of it lets an index find the beginning."""
    return (Activity.ends_at > moment) & (Activity.starts_at > moment - LONGEST)


def _with_words(q: str) -> ColumnElement[bool]:
    """In whose title, place or summary this stands. Not as a parameter, so that Postgres knows how many they are."""
    pieces = func.bus.pieces(bindparam(None, q, String, literal_execute=True))
    found = select(WORDS.c.id).where(func.bus.pieces(WORDS.c.words).op("@>")(pieces))
    columns = (Activity.title, Activity.place, Activity.summary)
    return Activity.id.in_(found) & or_(*(column.icontains(q, autoescape=True) for column in columns))
