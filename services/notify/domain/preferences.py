"""What people do not want to hear, where, and when not. Critical messages and those of duty are not asked about."""

from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.models import Preference

#: For whoever has said nothing.
QUIET_FROM, QUIET_UNTIL = time(22), time(7)
OFF: dict[str, list[str]] = {"news": ["web_push", "wecom", "email"]}
#: The classes that can wait for a digest.
CAN_WAIT = ("service", "news")


def of(db: Session, person_id: UUID) -> Preference:
    """What a person wishes; the defaults, when they have not said."""
    found = db.get(Preference, person_id)
    return found or Preference(person_id=person_id, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL, off=OFF, digest={})


def wish(db: Session, person_id: UUID, **wishes: Any) -> Preference:
    """Write down what a person wishes."""
    statement = insert(Preference).values(person_id=person_id, **wishes)
    statement = statement.on_conflict_do_update(index_elements=["person_id"], set_=wishes)
    return db.scalars(statement.returning(Preference), execution_options={"populate_existing": True}).one()
