"""Whom we can tell something, and who is on duty just now."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain import queueing
from services.notify.models import Message, OnDuty, Person, Unit
from shared.db import now
from shared.people import keep_people

#: A shift that nobody ended is over some time after it should have been.
GRACE = timedelta(hours=2)
KEPT = timedelta(days=2)


def keep(db: Session, event: Any) -> None:
    """Write down news of members. Who has left is told nothing more, not even what waits already."""
    left = [person.person_id for person in keep_people(db, Person, event, "phone", "email") if not person.active]
    if left:
        queueing.cancel(db, Message.person_id.in_(left))


def keep_units(db: Session, event: Any) -> None:
    """Write down news of units, unless we know newer news."""
    latest = {unit.unit_id: unit for unit in sorted(event.units, key=lambda unit: unit.changed_at)}
    names = ("unit_id", "code", "name", "active", "changed_at")
    statement = insert(Unit).values([{name: getattr(unit, name) for name in names} for unit in latest.values()])
    news = {name: statement.excluded[name] for name in names[1:]}
    newer = Unit.changed_at < statement.excluded.changed_at
    db.execute(statement.on_conflict_do_update(index_elements=["unit_id"], set_=news, where=newer))


def begin_duty(db: Session, event: Any) -> None:
    """These people are on their way; unless we heard already that they are back."""
    if rows := _on_duty(event, over=False):
        db.execute(insert(OnDuty).values(rows).on_conflict_do_nothing())


def end_duty(db: Session, event: Any) -> None:
    """These people are back."""
    if rows := _on_duty(event, over=True):
        statement = insert(OnDuty).values(rows)
        db.execute(statement.on_conflict_do_update(index_elements=["shift_id", "person_id"], set_={"over": True}))


def forget_old_duty(db: Session) -> None:
    db.execute(delete(OnDuty).where(OnDuty.until < now() - KEPT))


def _on_duty(event: Any, *, over: bool) -> list[dict[str, Any]]:
    common = {"shift_id": event.shift_id, "until": event.ends_at + GRACE, "over": over}
    return [{**common, "person_id": person_id} for person_id in dict.fromkeys(event.person_ids)]
