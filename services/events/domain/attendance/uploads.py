"""What a phone at the door kept while it had no network: in any order, however often. Each item has its own verdict."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import scope
from services.events.domain.attendance import marks
from services.events.domain.scope import Asker
from services.events.models import Attendance
from shared.errors import Forbidden, Problem


def take_in(db: Session, asker: Asker, items: list[dict[str, Any]], *, device_id: str) -> list[dict[str, Any]]:
    """Take down what is new of these; a refused item keeps no other from being taken."""
    return [_verdict(db, asker, item, device_id) for item in items]


def _verdict(db: Session, asker: Asker, item: dict[str, Any], device_id: str) -> dict[str, Any]:
    verdict: dict[str, Any] = {"id": item["id"], "problem": None}
    try:
        with db.begin_nested():
            return verdict | {"verdict": "accepted" if _take(db, asker, item, device_id) else "duplicate"}
    except Problem as problem:
        return verdict | {"verdict": "refused", "problem": type(problem).__name__}


def _take(db: Session, asker: Asker, item: dict[str, Any], device_id: str) -> bool:
    """Whether it is new."""
    activity = scope.seen(db, item["activity_id"], asker)
    if not marks.may_take(db, activity, asker):
        raise Forbidden
    by: UUID | None = asker.person_id
    if item["undone"]:
        marks.undo(db, activity.id, item["person_id"], by=by, id=item["id"])
        return True
    known = db.get(Attendance, item["id"]) is not None
    facts = {"id": item["id"], "source": item["source"], "at": item["at"], "by": by, "device_id": device_id}
    return marks.record(db, activity.id, item["person_id"], **facts).id == item["id"] and not known
