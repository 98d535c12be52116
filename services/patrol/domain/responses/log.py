"""The log of a call, and the news to whoever looks at it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain.news import tell_board
from services.patrol.models import Response, ResponseLog
from shared.news import wake


def note(db: Session, response: Response, code: str, *, by: UUID | None, words: str = "", **facts: Any) -> None:
    """Add a line, and let open pages know."""
    db.add(ResponseLog(response_id=response.id, by=by, code=code, words=words, facts=facts))
    db.flush()
    tell_board(db, "response", response.id)
    wake(db, [channel(response.id)], changed=code)


def lines(response_id: UUID) -> Select:
    """The lines of a call, with who wrote them."""
    return select(ResponseLog).where(ResponseLog.response_id == response_id).options(joinedload(ResponseLog.author))


def channel(response_id: UUID) -> str:
    """Those who look at this call listen here."""
    return f"response:{response_id}"
