"""What volunteers tell of themselves, and until when a clerk knows them to be trained and insured."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, true
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from services.patrol.domain import gate, local_time, roster
from services.patrol.domain.squads import unknown_people
from services.patrol.models import Crew, Person, Shift, Squad, SquadMember, Volunteer
from shared.db import now
from shared.errors import Invalid, NotFound

#: Whose training or insurance ends sooner is due for the next course.
SOON = timedelta(days=60)

#: What those hear whom we take off a shift because their papers end before it.
PAPERS_END = "培训或保险到期，这一班先不排您；续上以后可以再排 / Your training or insurance ends before this shift"


def of_person(db: Session, person_id: UUID) -> Volunteer | None:
    return db.get(Volunteer, person_id, options=[joinedload(Volunteer.person)], populate_existing=True)


def state(db: Session, person_id: UUID, *, limits: dict[str, Any] | None, **facts: Any) -> Volunteer:
    """Keep what somebody says of themselves. Their limits are kept only with their consent, which comes with them."""
    _check_times(facts["free"])
    mine = _kept(db, person_id)
    for name, value in facts.items():
        setattr(mine, name, value)
    flag_modified(mine, "free")
    mine.limits, mine.stated_at = limits or None, now()
    mine.consented_at = now() if limits else None
    db.flush()
    return _whole(db, person_id)


def take_back(db: Session, person_id: UUID) -> None:
    """Forget what somebody said of themselves; what the clerk knows of training and insurance stays."""
    if mine := db.get(Volunteer, person_id, with_for_update=True, populate_existing=True):
        mine.limits = mine.consented_at = mine.stated_at = mine.paused_until = None
        mine.free, mine.max_a_week, mine.min_rest_hours = [], 2, 10
        db.flush()


def certify(db: Session, person_id: UUID, *, trained_until: date | None, insured_until: date | None) -> Volunteer:
    """Note until when they are trained and insured. Whose papers end sooner now is taken off the shifts after that."""
    theirs = _kept(db, person_id)
    last = min(trained_until or date.min, insured_until or date.min)
    _take_off_shifts_after(db, person_id, last)
    theirs.trained_until, theirs.insured_until = trained_until, insured_until
    db.flush()
    return _whole(db, person_id)


def on_squads(*, squad: UUID | None, only_due: bool) -> Select:
    """The people who belong to squads, or to this one; of them those whose papers are over, or soon will be."""
    members = select(SquadMember.person_id).where(SquadMember.squad_id == squad if squad else true())
    leaders = select(Squad.leader_id).where(Squad.id == squad if squad else Squad.active)
    query = select(Person).where(Person.active, Person.person_id.in_(members.union(leaders)))
    return query.where(Person.person_id.not_in(_not_due())) if only_due else query


def described(db: Session, people: Sequence[Person]) -> list[dict[str, Any]]:
    """What the clerk sees of them: not what they said of their limits."""
    ids = [person.person_id for person in people]
    known = {row.person_id: row for row in db.scalars(select(Volunteer).where(Volunteer.person_id.in_(ids)))}
    squads = _squads_of(db, ids)
    return [_line(person, known.get(person.person_id), squads.get(person.person_id, [])) for person in people]


def seen(db: Session, person_id: UUID) -> Person:
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound
    return person


def _line(person: Person, known: Volunteer | None, squads: list[str]) -> dict[str, Any]:
    trained, insured = (known.trained_until, known.insured_until) if known else (None, None)
    soon = local_time.day_of(now() + SOON)
    return {
        "person_id": person.person_id, "name": person.name, "unit_name": person.unit_name, "squads": squads,
        "trained_until": trained, "insured_until": insured,
        "due": not (gate.lasts(trained, soon) and gate.lasts(insured, soon)),
        "stated": bool(known and known.stated_at), "version": known.version if known else 0,
    }  # fmt: skip


def _not_due() -> Select:
    soon = local_time.day_of(now() + SOON)
    return select(Volunteer.person_id).where(Volunteer.trained_until >= soon, Volunteer.insured_until >= soon)


def _squads_of(db: Session, person_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    members = select(SquadMember.person_id, Squad.name).join(Squad, Squad.id == SquadMember.squad_id)
    leaders = select(Squad.leader_id, Squad.name).where(Squad.leader_id.in_(person_ids))
    both = members.where(SquadMember.person_id.in_(person_ids)).union(leaders)
    found: dict[UUID, list[str]] = {}
    for person_id, name in sorted(db.execute(both).all(), key=lambda row: row[1]):
        found.setdefault(person_id, []).append(name)
    return found


def _kept(db: Session, person_id: UUID) -> Volunteer:
    """Their row, locked; a new one for somebody of whom we knew nothing."""
    if known := db.get(Volunteer, person_id, with_for_update=True, populate_existing=True):
        return known
    if unknown_people(db, {person_id}):
        raise NotFound
    made = Volunteer(person_id=person_id, free=[])
    db.add(made)
    db.flush()
    return made


def _whole(db: Session, person_id: UUID) -> Volunteer:
    found = of_person(db, person_id)
    if found is None:
        raise NotFound
    return found


def _take_off_shifts_after(db: Session, person_id: UUID, last: date) -> None:
    walked = select(Crew.shift_id).where(Crew.person_id == person_id)
    to_come = (
        select(Shift)
        .where(Shift.id.in_(walked), Shift.state.in_(["planned", "cancelled"]), Shift.ends_at > now())
        .options(joinedload(Shift.squad), selectinload(Shift.crew))
        .order_by(Shift.id)
        .with_for_update(of=Shift)
    )
    for shift in db.scalars(to_come):
        if local_time.last_day(shift.ends_at) > last:
            roster.take_off(db, shift, person_id, reason=PAPERS_END)


def _check_times(free: list[dict[str, Any]]) -> None:
    if any(window["from"] >= window["until"] for window in free):
        raise Invalid(errors={"free": ["ends_before_start"]})
