"""Telling everybody of the weather."""

from typing import Any

from sqlalchemy.orm import Session

from services.notify.domain import telling, threads


def tell(db: Session, event: Any) -> None:
    """That it begins is no news any more when its end was heard of before: news may overtake each other."""
    if event.mode == "off":
        threads.stand_down(db, event.weather_id, at=event.occurred_at, by="")
    elif threads.is_over(db, event.weather_id, event.occurred_at):
        return
    telling.tell(db, event)
