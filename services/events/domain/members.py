"""What members tells us of people, units, places and groups."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import attendance, leaving, sign_ups, venues
from services.events.domain.series import standing
from services.events.domain.sign_ups import forgetting
from services.events.models import Activity, Feed, Label, Person, PollAnswer, Unit
from shared import people
from shared.crypto import blind

UNIT = ("unit_id", "code", "name", "kind", "needs_approval", "active", "changed_at")
LABEL = ("kind", "code", "name", "active")


def keep_people(db: Session, event: Any) -> None:
    """Know members as they are now; whoever left holds no seat any more, and looks after no venue."""
    for person in event.people:
        person.phone_blind = blind(person.phone) if person.phone else None
    changed = people.keep_people(db, Person, event, "phone_blind")
    _leave(db, [person.person_id for person in changed if not person.active])


def forget_person(db: Session, event: Any) -> None:
    """Whoever asked to be forgotten has no seat, no calendar, and no name; where they went is still counted."""
    _leave(db, [event.person_id])
    leaving.forget_person(db, event.person_id)
    forgetting.forget(db, event.person_id)
    attendance.forget(db, event.person_id)
    for table in (Feed, PollAnswer):
        db.execute(delete(table).where(table.person_id == event.person_id))
    if known := people.forget_person(db, Person, event, phone_blind=None):
        # An activity says by name who posted it. A namesake's is nameless, too, then.
        db.execute(update(Activity).where(Activity.posted_by == known).values(posted_by=people.NOBODY))


def keep_units(db: Session, event: Any) -> None:
    """Know units as they are now; what one that left had on the lists is taken off."""
    latest = {unit.unit_id: unit for unit in sorted(event.units, key=lambda unit: unit.changed_at)}
    statement = insert(Unit).values([{name: getattr(unit, name) for name in UNIT} for unit in latest.values()])
    upsert = statement.on_conflict_do_update(
        index_elements=["unit_id"],
        set_={name: statement.excluded[name] for name in UNIT[1:]},
        where=Unit.changed_at < statement.excluded.changed_at,
    )
    kept = db.execute(upsert.returning(Unit.unit_id, Unit.active)).all()
    leaving.let_units_go(db, [unit_id for unit_id, active in kept if not active])


def keep_labels(db: Session, event: Any) -> None:
    latest = {(label.kind, label.code): {name: getattr(label, name) for name in LABEL} for label in event.labels}
    statement = insert(Label).values([label | {"changed_at": event.occurred_at} for label in latest.values()])
    upsert = statement.on_conflict_do_update(
        constraint="labels_pkey",
        set_={name: statement.excluded[name] for name in ("name", "active", "changed_at")},
        where=Label.changed_at < statement.excluded.changed_at,
    )
    db.execute(upsert)


def _leave(db: Session, person_ids: list[UUID]) -> None:
    standing.leave(db, person_ids)
    sign_ups.cancel_all(db, person_ids)
    venues.forget_stewards(db, person_ids)
    leaving.let_people_go(db, person_ids)
