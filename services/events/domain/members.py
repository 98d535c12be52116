"""What members tells us of people, units, places and groups."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import leaving
from services.events.models import Activity, Label, Person, Unit
from shared import people
from shared.crypto import blind

UNIT = ("unit_id", "code", "name", "kind", "needs_approval", "active", "changed_at")
LABEL = ("kind", "code", "name", "active")


def keep_people(db: Session, event: Any) -> None:
    """Know members as they are now, and let go of those who left."""
    for person in event.people:
        person.phone_blind = blind(person.phone) if person.phone else None
    changed = people.keep_people(db, Person, event, "phone_blind")
    leaving.let_people_go(db, [person.person_id for person in changed if not person.active])


def forget_person(db: Session, event: Any) -> None:
    """Whoever asked to be forgotten has no seat, no calendar, and no name; where they went is still counted."""
    leaving.forget_person(db, event.person_id)
    if known := people.forget_person(db, Person, event, phone_blind=None):
        # An activity says by name who posted it. A namesake's is nameless, too, then.
        db.execute(update(Activity).where(Activity.posted_by == known).values(posted_by=people.NOBODY))


def keep_units(db: Session, event: Any) -> None:
    """Know units as they are now; and let go of those that left."""
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
