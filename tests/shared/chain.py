"""An audit log to try things on."""

from uuid import UUID, uuid4

from shared import anchors, audit
from shared import db as database
from tests.conftest import COMMITTEE

COUNT = 12


def note(number: int, committee_id: UUID = COMMITTEE) -> None:
    with database.transaction("members", committee_id, actor=f"person:{uuid4()}", correlation_id=str(uuid4())) as tx:
        audit.record(tx, "members.tested", "thing", uuid4(), number=number, others=[uuid4(), uuid4()], why=None)


def anchor() -> bool:
    with database.transaction("members", COMMITTEE) as tx:
        return audit.anchor(tx)


def verified(committee_id: UUID = COMMITTEE) -> list[str]:
    seen, unreadable = anchors.read(committee_id)
    with database.transaction("members", committee_id) as tx:
        return unreadable + list(audit.findings(tx, seen))
