"""What the others are told of an activity."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.models import Activity, Series
from shared.outbox import publish
from shared.schemas.event import Event

#: People that one event names at most.
CHUNK = 500


def tell(db: Session, event: type[Event], activity: Activity, **more: Any) -> None:
    """Publish *event* about *activity*, with *more* facts of its own."""
    publish(
        db,
        event,
        subject=activity.id,
        activity_id=activity.id,
        title=activity.title,
        unit_id=activity.unit_id,
        unit_name=activity.unit.name,
        place=activity.place,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        reach=activity.reach,
        **more,
    )


def tell_people(db: Session, event: type[Event], activity: Activity, person_ids: Sequence[UUID], **more: Any) -> None:
    """The same for an event that names people: one for each chunk of them, and one when there is nobody."""
    for some in chunks(person_ids):
        tell(db, event, activity, person_ids=some, **more)


def tell_of_series(db: Session, event: type[Event], series: Series, **more: Any) -> None:
    """Publish *event* about *series*, with *more* facts of its own."""
    publish(
        db,
        event,
        subject=series.id,
        series_id=series.id,
        title=series.title,
        unit_id=series.unit_id,
        unit_name=series.unit.name,
        place=series.place,
        reach=series.reach,
        **more,
    )


def chunks(person_ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """As many people at a time as one event names; once nobody, when there is nobody."""
    for first in range(0, max(len(person_ids), 1), CHUNK):
        yield person_ids[first : first + CHUNK]
