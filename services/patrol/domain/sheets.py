"""The sheet of a shift: all that a crew needs on its way, so that the phone can be without network."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, lateral, literal_column, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from services.patrol.domain import phases
from services.patrol.domain.cases import tasks
from services.patrol.models import CheckIn, Checkpoint, Crew, Person, Shift, Squad, Stop
from shared.db import now

#: What is told of a shift, fetched at once.
WHOLE = (joinedload(Shift.squad), selectinload(Shift.crew).joinedload(Crew.person))


#: What a sheet tells of the shift as it is stored.
COLUMNS = (
    "id", "starts_at", "ends_at", "state", "started_at", "ended_at", "handover", "reason", "next_due_at",
    "carried", "handover_read_at", "outdoor", "version",
)  # fmt: skip


class Sign(NamedTuple):
    """A sign of life of a squad."""

    at: datetime
    by: UUID
    place: Checkpoint | None


def describe(db: Session, shifts: Sequence[Shift]) -> list[dict[str, Any]]:
    """The sheets of these shifts, which were fetched WHOLE, in a constant number of queries."""
    ways = _ways(db, {shift.squad_id for shift in shifts})
    visits = _visits(db, [shift.id for shift in shifts])
    handovers = _handovers(db, [shift.id for shift in shifts])
    again = tasks.of(db, shifts, ways)
    at = phases.describe(db, list(shifts), now())
    whole = [_sheet(shift, ways.get(shift.squad_id, []), visits, handovers.get(shift.id)) for shift in shifts]
    return [sheet | at[sheet["id"]] | {"again": again.get(sheet["id"], [])} for sheet in whole]


def sheet(db: Session, shift_id: UUID) -> dict[str, Any]:
    [shift] = db.scalars(select(Shift).where(Shift.id == shift_id).options(*WHOLE))
    return describe(db, [shift])[0]


def last_signs(db: Session, shift_ids: list[UUID]) -> dict[UUID, Sign]:
    """The newest check-in of each of these shifts."""
    newest = (
        select(CheckIn.shift_id, CheckIn.happened_at, CheckIn.person_id, Checkpoint)
        .outerjoin(Checkpoint, Checkpoint.id == CheckIn.checkpoint_id)
        .where(CheckIn.shift_id.in_(shift_ids))
        .ext(distinct_on(CheckIn.shift_id))
        .order_by(CheckIn.shift_id, CheckIn.happened_at.desc(), CheckIn.id)
    )
    return {shift_id: Sign(at, by, place) for shift_id, at, by, place in db.execute(newest)}


def _sheet(shift: Shift, way: list[Checkpoint], visits: dict, handover: dict | None) -> dict[str, Any]:
    return {
        **{name: getattr(shift, name) for name in COLUMNS},
        "squad": shift.squad,
        "crew": shift.crew,
        "checkpoints": [_stop(stop, visits.get((shift.id, stop.id))) for stop in way],
        "handover_before": handover,
    }


def _stop(checkpoint: Checkpoint, visited_at: datetime | None) -> dict[str, Any]:
    columns = ("id", "code", "number", "name", "lat", "lon")
    return {**{name: getattr(checkpoint, name) for name in columns}, "visited_at": visited_at}


def _ways(db: Session, squad_ids: set[UUID]) -> dict[UUID, list[Checkpoint]]:
    """Each squad's route; where there is none, all checkpoints of its zone."""
    by_route = select(Stop.squad_id, Checkpoint).join(Checkpoint, Checkpoint.id == Stop.checkpoint_id)
    ways: dict[UUID, list[Checkpoint]] = {}
    routed = by_route.where(Stop.squad_id.in_(squad_ids), Checkpoint.active).order_by(Stop.squad_id, Stop.position)
    for squad_id, checkpoint in db.execute(routed):
        ways.setdefault(squad_id, []).append(checkpoint)
    by_zone = select(Squad.id, Checkpoint).join(Checkpoint, Checkpoint.zone == Squad.zone)
    zoned = by_zone.where(Squad.id.in_(squad_ids - ways.keys()), Checkpoint.active)
    for squad_id, checkpoint in db.execute(zoned.order_by(Squad.id, Checkpoint.number)):
        ways.setdefault(squad_id, []).append(checkpoint)
    return ways


def _visits(db: Session, shift_ids: list[UUID]) -> dict[tuple[UUID, UUID | None], datetime]:
    first = func.min(CheckIn.happened_at)
    seen = select(CheckIn.shift_id, CheckIn.checkpoint_id, first).where(
        CheckIn.shift_id.in_(shift_ids), CheckIn.checkpoint_id.is_not(None)
    )
    grouped = seen.group_by(CheckIn.shift_id, CheckIn.checkpoint_id)
    return {(shift_id, checkpoint_id): at for shift_id, checkpoint_id, at in db.execute(grouped)}


def _handovers(db: Session, shift_ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """What the squad before, or the last one in the same zone, wants the next one to know."""
    before, its_squad = aliased(Shift), aliased(Squad)
    of_a_squad = (  # each squad's last one by itself: an index leads there, however many they wrote
        select(before.id, before.handover, before.ended_at, before.ended_by, before.carried, before.handover_read_at)
        .where(before.squad_id == its_squad.id, before.starts_at < Shift.starts_at)
        .where(before.state == literal_column("'ended'"), before.handover != literal_column("''"))
        .order_by(before.starts_at.desc())
        .limit(1)
    )
    theirs = lateral(of_a_squad.correlate(Shift, its_squad))
    last = (
        select(theirs)
        .select_from(its_squad)
        .join(theirs, true())
        .where(or_(its_squad.id == Squad.id, its_squad.zone == Squad.zone))
        .order_by(theirs.c.ended_at.desc())
        .limit(1)
    )
    note = lateral(last.correlate(Shift, Squad))
    found = (
        select(Shift.id, note, Person.name)
        .join(Squad, Squad.id == Shift.squad_id)
        .join(note, note.c.ended_at.is_not(None))
        .outerjoin(Person, Person.person_id == note.c.ended_by)
        .where(Shift.id.in_(shift_ids))
    )
    names = ("shift_id", "text", "at", "by", "carried", "read_at")
    return {
        id: dict(zip(names, (before_id, text, at, by or "", carried, read_at), strict=True))
        for id, before_id, text, at, _, carried, read_at, by in db.execute(found)
    }
