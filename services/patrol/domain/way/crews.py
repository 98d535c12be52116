"""Who is along: the leader says it once at the start and once at the end. One phone may do for all."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.models import Confirmation, Shift
from shared.errors import Invalid, Problem


class OnlyTheLeader(Problem):
    """Who is along, the leader of this shift says."""

    status = 403


def leads_shift(shift: Shift, reader: Reader) -> bool:
    """The squad's leader, or who leads this shift in their place."""
    first = {member.person_id for member in shift.crew if member.role == "leader"}
    return reader.person_id in first | {shift.squad.leader_id}


def confirm(db: Session, batch: list[Report], reader: Reader) -> None:
    """Write down who is along; of two words about one moment, the later holds."""
    for report in batch:
        try:
            if not _write(db, report, reader):
                report.outcome = "duplicate"
        except Problem as problem:
            report.refuse(problem)


def _write(db: Session, report: Report, reader: Reader) -> bool:
    shift, said = report.shift, report.item["crew"]
    assert isinstance(shift, Shift)  # noqa: S101  what is taken in was examined
    assert report.moment  # noqa: S101
    if not leads_shift(shift, reader):
        raise OnlyTheLeader
    present = _known(shift, said["present"])
    row = {"shift_id": shift.id, "moment": said["moment"], "present": present}
    statement = insert(Confirmation).values(row | {"at": report.moment.happened_at, "by": reader.person_id})
    later = statement.on_conflict_do_update(
        index_elements=["shift_id", "moment"],
        set_={name: statement.excluded[name] for name in ("at", "by", "present")},
        where=Confirmation.at < statement.excluded.at,
    )
    return db.execute(later.returning(Confirmation.shift_id)).first() is not None


def _known(shift: Shift, present: list[UUID]) -> list[UUID]:
    crew = {member.person_id for member in shift.crew}
    if strangers := sorted(set(present) - crew):
        raise Invalid(errors={"present": [{"code": "unknown", "values": strangers}]})
    return sorted(set(present))
