"""Reminders that wait for the end of quiet hours: what was called off or moved meanwhile is not announced any more."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notify.domain import queueing, telling
from services.notify.models import Message
from shared.schemas.events import ActivityIsNear


def drop_and_tell(db: Session, event: Any) -> None:
    """Tell what the rules say; whoever was about to be reminded of the old plan is not."""
    if "starts_at" in getattr(event, "changed", ("starts_at",)):
        drop(db, event.activity_id)
    telling.tell(db, event)


def drop(db: Session, activity_id: UUID) -> None:
    queueing.cancel(db, (Message.thread == activity_id) & (Message.topic == ActivityIsNear.topic))
