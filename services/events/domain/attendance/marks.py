"""Somebody was there: whichever way it is taken down, it is so once, and can be undone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain.attendance import credits
from services.events.domain.scope import Asker
from services.events.domain.states import expect
from services.events.models import Activity, Attendance, Guest, Person, SignUp
from shared.db import find, now
from shared.errors import AlreadyTaken, NotFound, Problem

#: From when on before the start somebody can be there, and until when after the end it is taken down.
EARLY = timedelta(hours=2)
LATE = timedelta(days=60)

#: Behind all who signed up.
LAST = 2**62

ROW = ("person_id", "state", "part", "party_size", "name", "unit_name", "guest_name", "id", "source", "at")


class NotYet(Problem):
    """It has not begun yet."""


class LongAgo(Problem):
    """That was long ago: hours can be put right by two clerks."""


def may_take(db: Session, activity: Activity, asker: Asker) -> bool:
    """Whoever may change the activity, and whom its unit named as the leader."""
    leads = select(SignUp.person_id).where(
        SignUp.activity_id == activity.id, SignUp.person_id == asker.person_id, SignUp.part == "leader",
        SignUp.state == "going",
    )  # fmt: skip
    return asker.may_change(activity) or (asker.person_id is not None and db.scalar(leads) is not None)


def record(
    db: Session, activity_id: UUID, person_id: UUID, *, id: UUID, source: str, at: datetime | None = None,
    by: UUID | None = None, device_id: str = "",
) -> Attendance:  # fmt: skip
    """Take down that somebody was there; again: what was taken down first. What was undone stays so under its id."""
    activity = find(db, Activity, activity_id, with_for_update={"read": True}, populate_existing=True)
    expect_under_way(activity)
    if known := db.get(Attendance, id, populate_existing=True):
        if (known.activity_id, known.person_id) != (activity_id, person_id):
            raise AlreadyTaken
        return known
    _expect_known(db, activity_id, person_id)
    facts = {"source": source, "at": _possible(activity, at or now()), "device_id": device_id, "by": by}
    new = insert(Attendance).values(id=id, activity_id=activity_id, person_id=person_id, **facts)
    if db.scalar(new.on_conflict_do_nothing().returning(Attendance.id)) and activity.finished_at:
        credits.credit(db, activity)
    return _standing(db, activity_id, person_id)


def undo(db: Session, activity_id: UUID, person_id: UUID, *, by: UUID | None, id: UUID | None = None) -> None:
    """They were not there after all. *id*: only this mark is undone, also when it comes later than its undoing."""
    activity = find(db, Activity, activity_id, with_for_update={"read": True}, populate_existing=True)
    expect_under_way(activity)
    facts = {"undone_at": now(), "undone_by": by}
    if id and db.get(Attendance, id, populate_existing=True) is None:
        _expect_known(db, activity_id, person_id)
        whose = {"id": id, "activity_id": activity_id, "person_id": person_id}
        undone_before = insert(Attendance).values(**whose, **facts, source="door", at=_possible(activity, now()))
        db.execute(undone_before.on_conflict_do_nothing())
        return
    standing = [*_of(activity_id, person_id), *([Attendance.id == id] if id else [])]
    undone = update(Attendance).where(*standing).values(**facts).returning(Attendance.credited)
    if db.scalar(undone) is not None:
        credits.withdraw(db, activity, [person_id])


def listed(activity_id: UUID) -> tuple[Any, list[Any]]:
    """The query for everybody who signed up or was there, each a tuple as ROW says, and the keys of its pages."""
    held = select(SignUp).where(SignUp.activity_id == activity_id, SignUp.state != "cancelled").subquery()
    there = select(Attendance).where(Attendance.activity_id == activity_id, Attendance.undone_at.is_(None)).subquery()
    who = func.coalesce(held.c.person_id, there.c.person_id)
    turn = func.coalesce(held.c.turn, literal(LAST))
    size = func.coalesce(held.c.party_size, 1)
    query = (
        select(
            who,
            held.c.state,
            held.c.part,
            size,
            Person.name,
            Person.unit_name,
            Guest.name,
            there.c.id,
            there.c.source,
            there.c.at,
        )
        .select_from(held.join(there, held.c.person_id == there.c.person_id, full=True))
        .outerjoin(Person, Person.person_id == who)
        .outerjoin(Guest, Guest.id == who)
    )
    return query, [turn, who]


def attended_at(db: Session, activity_id: UUID, person_id: UUID) -> datetime | None:
    """When somebody was there, as far as it is taken down."""
    return db.scalar(select(Attendance.at).where(*_of(activity_id, person_id)))


def expect_under_way(activity: Activity) -> None:
    """Attendance can be taken down, and put right."""
    expect(activity, "published", "ended")
    if now() < activity.starts_at - EARLY:
        raise NotYet(starts_at=activity.starts_at)
    if now() > activity.ends_at + LATE:
        raise LongAgo(ends_at=activity.ends_at)


def forget(db: Session, person_id: UUID) -> None:
    """Somebody asked to be forgotten: where they were is still counted; that they took others down is nobody's."""
    quiet = {"synchronize_session": False}
    for column in (Attendance.by, Attendance.undone_by):
        db.execute(update(Attendance).where(column == person_id).values({column: None}), execution_options=quiet)
    theirs = update(Attendance).where(Attendance.person_id == person_id)
    db.execute(theirs.values(device_id=""), execution_options=quiet)


def names_of(db: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What members and guests are called."""
    wanted = list(ids)
    members = db.execute(select(Person.person_id, Person.name).where(Person.person_id.in_(wanted))).all()
    guests = db.execute(select(Guest.id, Guest.name).where(Guest.id.in_(wanted))).all()
    return {id: name or "" for id, name in (*members, *guests)}


def _possible(activity: Activity, at: datetime) -> datetime:
    """Clocks of phones are wrong: whoever was there was there at a time when one could be."""
    return max(activity.starts_at - EARLY, min(at, now(), activity.ends_at + EARLY))


def _expect_known(db: Session, activity_id: UUID, person_id: UUID) -> None:
    """A member, who need not have signed up, or a guest of this activity."""
    person = db.scalar(select(Person.person_id).where(Person.person_id == person_id, Person.active))
    guest = select(Guest.id).where(Guest.id == person_id, Guest.activity_id == activity_id)
    if person is None and db.scalar(guest) is None:
        raise NotFound


def _standing(db: Session, activity_id: UUID, person_id: UUID) -> Attendance:
    found = select(Attendance).where(*_of(activity_id, person_id)).execution_options(populate_existing=True)
    if (standing := db.scalars(found).one_or_none()) is None:  # the id is of something that we may not see
        raise AlreadyTaken
    return standing


def _of(activity_id: UUID, person_id: UUID) -> tuple[Any, ...]:
    return Attendance.activity_id == activity_id, Attendance.person_id == person_id, Attendance.undone_at.is_(None)
