"""Trouble that squads see: told to who must know, looked after, closed."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain import reports
from services.patrol.domain.cases import moving, opening
from services.patrol.domain.cases import troubles as their_cases
from services.patrol.domain.moments import Clock
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader, allowed, settles_trouble
from services.patrol.domain.reports import Report
from services.patrol.models import OPEN_CASES, Shift, Trouble
from shared.db import find, now
from shared.errors import Problem
from shared.outbox import publish
from shared.schemas import patrol as said

#: What is told of trouble, fetched at once.
WHOLE = (joinedload(Trouble.shift).joinedload(Shift.squad), joinedload(Trouble.reporter))

OPEN = select(Trouble).where(Trouble.state != "closed").order_by(Trouble.happened_at.desc(), Trouble.id).options(*WHOLE)


class TroubleClosed(Problem):
    """This has been closed already."""


def take_in(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    """Store examined reports of trouble; tell of those that are new."""
    rows = {report.item["id"]: reports.trouble_row(report, clock=clock) for report in reversed(batch)}
    _store(db, batch, [rows[id] for id in sorted(rows)])  # two uploads of the same never wait for each other
    for report in batch:
        if report.good:
            _publish(db, report, rows[report.item["id"]], reader)
    _open_cases(db, [rows[report.item["id"]] for report in batch if report.good], reader)


def take(db: Session, trouble_id: UUID, reader: Reader) -> Trouble:
    """Somebody looks after it. Who was first stays."""
    case = their_cases.case_of(db, trouble_id)  # always before its trouble: nobody waits in a circle
    trouble = allowed(db, Trouble, trouble_id, settles_trouble(reader))
    if trouble.state == "closed":
        raise TroubleClosed
    if trouble.state == "open":
        trouble.state, trouble.taken_by, trouble.taken_at = "taken", reader.person_id, now()
        _changed(db, trouble)
        if case and case.state in ("received", "routed", "reopened"):
            moving.take(db, case, by=reader.person_id)
    return find(db, Trouble, trouble_id, options=WHOLE)


def close(db: Session, trouble_id: UUID, reader: Reader, *, note: str) -> Trouble:
    case = their_cases.case_of(db, trouble_id)
    trouble = allowed(db, Trouble, trouble_id, settles_trouble(reader))
    if trouble.state != "closed":
        trouble.state, trouble.closed_by, trouble.closed_at, trouble.note = "closed", reader.person_id, now(), note
        _changed(db, trouble)
        if case and case.state in OPEN_CASES:
            moving.fix(db, case, by=reader.person_id, words=note)
    return find(db, Trouble, trouble_id, options=WHOLE)


def _store(db: Session, batch: list[Report], rows: list[dict]) -> None:
    if rows:
        statement = insert(Trouble).on_conflict_do_nothing(index_elements=["id"]).returning(Trouble.id)
        reports.settle(db, Trouble, batch, db.scalars(statement, rows))


def _open_cases(db: Session, rows: list[dict], reader: Reader) -> None:
    """In one order, so that two uploads of the same places never wait for each other in a circle."""
    for row in sorted(rows, key=lambda row: (row["kind"], str(row["checkpoint_id"]), row["place"])):
        opening.from_trouble(db, row, person_id=reader.person_id)


def _changed(db: Session, trouble: Trouble) -> None:
    db.flush()
    tell_board(db, "trouble", trouble.id)


def _publish(db: Session, report: Report, row: dict, reader: Reader) -> None:
    squad = report.shift.squad if isinstance(report.shift, Shift) else None
    publish(
        db,
        said.TroubleReported,
        subject=row["id"],
        occurred_at=row["happened_at"],
        trouble_id=row["id"],
        kind=row["kind"],
        place=row["place"],
        words=row["words"],
        reporter=reader.name,
        squad=squad.name if squad else None,
        leader_ids=[squad.leader_id] if squad else [],
    )
    tell_board(db, "trouble", row["id"])
