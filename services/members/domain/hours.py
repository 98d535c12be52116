"""The account of hours: credited by what happened, put right by two people, summed up by year."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, extract, func, or_, select, text, update
from sqlalchemy.orm import Session, joinedload

from services.members.domain.days import SHANGHAI, today
from services.members.models import Hours, Person
from shared.db import find, locked
from shared.errors import Invalid, Problem

#: Of two pieces of news of a person and an activity the later counts, in whatever order they come.
CREDIT = text("""
    INSERT INTO members.hours
        (person_id, unit_id, activity_id, title, "on", minutes, provenance, state, note, told_at)
    SELECT p.id, p.unit_id, :activity_id, :title, :on, :minutes, :provenance, :state, '', :told_at
    FROM members.people p WHERE p.id = ANY (:people)
    ON CONFLICT (person_id, activity_id) WHERE activity_id IS NOT NULL DO UPDATE SET
        minutes = excluded.minutes, provenance = excluded.provenance, state = excluded.state, title = excluded.title,
        "on" = excluded."on", told_at = excluded.told_at
    WHERE hours.told_at < excluded.told_at
""")


class SecondPersonNeeded(Problem):
    """Somebody else must look at it: not who proposed it, and not whose hours they are."""


class AlreadyDecided(Problem):
    """This was decided before."""


def credit(db: Session, event: Any) -> None:
    """These members were there."""
    _tell(db, event, state="counted", minutes=event.minutes, provenance=event.provenance)


def take_back(db: Session, event: Any) -> None:
    """They were not. It is written down also where nothing was credited: older news may still be on its way."""
    _tell(db, event, state="withdrawn", minutes=0, provenance="measured")


def of_person(person_id: UUID) -> Select:
    """What is in somebody's account, and what waits for a second person or was refused."""
    return select(Hours).where(Hours.person_id == person_id, Hours.state != "withdrawn")


def proposed() -> Select:
    """What waits for a second person."""
    return select(Hours).where(Hours.state == "proposed").options(joinedload(Hours.person))


def by_year(db: Session, person_id: UUID) -> list[dict[str, int]]:
    """The sum of each year, the latest first."""
    year = extract("year", Hours.on).label("year")
    counted = select(year, func.sum(Hours.minutes)).where(Hours.person_id == person_id, Hours.state == "counted")
    found = db.execute(counted.group_by(year).order_by(year.desc()))
    return [{"year": int(number), "minutes": minutes} for number, minutes in found]


def of_unit(db: Session, unit_id: UUID) -> list[dict[str, int]]:
    """What a branch's members gave each year, and how many they were: nobody by name."""
    year = extract("year", Hours.on).label("year")
    sums = select(year, func.sum(Hours.minutes), func.count(Hours.person_id.distinct()))
    found = db.execute(
        sums.where(Hours.unit_id == unit_id, Hours.state == "counted").group_by(year).order_by(year.desc())
    )
    return [{"year": int(number), "minutes": minutes, "people": people} for number, minutes, people in found]


def propose(db: Session, person_id: UUID, *, on: date, minutes: int, note: str, by: UUID) -> Hours:
    """Put an account right: it counts once a second person has looked at it."""
    person = find(db, Person, person_id)
    errors: dict[str, list] = {}
    if on > today():
        errors["on"] = ["in_the_future"]
    if minutes == 0:
        errors["minutes"] = ["required"]
    if errors:
        raise Invalid(errors=errors)
    made = Hours(
        person_id=person.id, unit_id=person.unit_id, title=note, note=note, on=on, minutes=minutes,
        provenance="adjusted", state="proposed", by=by,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def decide(db: Session, hours_id: UUID, *, by: UUID, count: bool) -> Hours:
    """A second person lets it count, or refuses it."""
    hours = locked(db, Hours, hours_id)
    wanted = "counted" if count else "refused"
    if hours.state == wanted and hours.second_by == by:
        return hours
    if hours.state != "proposed":
        raise AlreadyDecided(state=hours.state)
    if by in (hours.by, hours.person_id):
        raise SecondPersonNeeded
    hours.state, hours.second_by = wanted, by
    db.flush()
    return hours


def forget(db: Session, person_id: UUID) -> None:
    """Somebody asked to be forgotten: minutes stay counted, what was noted of them goes, and that they decided."""
    quiet = {"synchronize_session": False}
    noted = update(Hours).where(Hours.person_id == person_id, Hours.provenance == "adjusted")
    db.execute(noted.values(note="", title=""), execution_options=quiet)
    decided = update(Hours).where(or_(Hours.by == person_id, Hours.second_by == person_id))
    theirs = {"by": func.nullif(Hours.by, person_id), "second_by": func.nullif(Hours.second_by, person_id)}
    db.execute(decided.values(**theirs), execution_options=quiet)


def _tell(db: Session, event: Any, **facts: Any) -> None:
    people: Sequence[UUID] = event.person_ids
    on = event.starts_at.astimezone(SHANGHAI).date()
    common = {"activity_id": event.activity_id, "title": event.title, "on": on, "told_at": event.occurred_at}
    db.execute(CREDIT, {"people": list(people), **common, **facts})
