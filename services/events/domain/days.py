"""Working days and days off: as the State Council decides them, and as a clerk corrects them."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import extract, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.models import Day


def kind_of(db: Session, dates: Iterable[date]) -> dict[date, str]:
    """What each of these days is: working, rest (a weekend) or holiday."""
    wanted = list(dates)
    known = {day.on: day.kind for day in _between(db, wanted)} if wanted else {}
    return {on: _kind(on, known.get(on, "ordinary")) for on in wanted}


def of_year(db: Session, year: int) -> Sequence[Day]:
    """The days of a year that are not what their weekday says, and those that a clerk put right."""
    return db.scalars(select(Day).where(extract("year", Day.on) == year).order_by(Day.on)).all()


def learn(db: Session, days: Sequence[dict]) -> None:
    """Know these days {on, kind, name} from the calendar, unless a clerk knows better."""
    if not days:
        return
    told = insert(Day).values([day | {"corrected": False} for day in days])
    facts = {name: told.excluded[name] for name in ("kind", "name")}
    db.execute(told.on_conflict_do_update(constraint="days_pkey", set_=facts, where=~Day.corrected))


def correct(db: Session, on: date, *, kind: str, name: str) -> Day:
    """Say what a day is, whatever the calendar says."""
    facts = {"kind": kind, "name": name, "corrected": True}
    said = insert(Day).values(on=on, **facts).on_conflict_do_update(constraint="days_pkey", set_=facts).returning(Day)
    return db.scalars(said, execution_options={"populate_existing": True}).one()


def _between(db: Session, dates: list[date]) -> Sequence[Day]:
    return db.scalars(select(Day).where(Day.on.between(min(dates), max(dates)))).all()


def _kind(on: date, said: str) -> str:
    if said == "ordinary":
        return "working" if on.weekday() < 5 else "rest"
    return said
