"""The joint meeting's agenda: what came to it by itself, until somebody sees to it."""

from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.members.models import AgendaItem
from shared.db import now


def put_on(db: Session, event: Any) -> None:
    """A need that found nobody; once, whatever is heard before or after."""
    facts = {"kind": "need", "about": event.need_id, "title": event.title, "since": event.occurred_at}
    db.execute(insert(AgendaItem).values(**facts).on_conflict_do_nothing())


def settle(db: Session, event: Any) -> None:
    """Somebody took it on, or it is over: the meeting need not speak about it."""
    of_need = update(AgendaItem).where(AgendaItem.kind == "need", AgendaItem.about == event.need_id)
    open_then = of_need.where(AgendaItem.settled_at.is_(None), AgendaItem.since <= event.occurred_at)
    db.execute(open_then.values(settled_at=now()))


def listed(*, settled: bool) -> Select[AgendaItem]:
    query = select(AgendaItem)
    return query.where(AgendaItem.settled_at.is_not(None) if settled else AgendaItem.settled_at.is_(None))
