"""Calls as people see them: those asked see counts and their own answer, the desk also who is asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain.readers import Reader
from services.patrol.domain.responses import meter, rings
from services.patrol.models import Response, ResponseCall
from services.patrol.models.responses import RINGS

COLUMNS = (
    "id", "kind", "severity", "drill", "place", "zone", "words", "state", "raised_at", "next_at", "stood_down_at",
    "note", "review_until", "reviewed_at", "review", "change", "version",
)  # fmt: skip

#: What the desk asks for besides one answer.
WITH = {
    "none": ResponseCall.answer.is_(None),
    "answered": ResponseCall.answer.is_not(None),
    "coming": ResponseCall.answer.in_(("ack", "later")),
}


def describe(db: Session, responses: Sequence[Response], reader: Reader) -> list[dict[str, Any]]:
    """These calls with their meters, in a constant number of queries."""
    ids = [response.id for response in responses]
    counts = meter.counted(db, ids)
    own = _own(db, ids, reader)
    return [_shown(response, counts[response.id], own.get(response.id)) for response in responses]


def one(db: Session, response: Response, reader: Reader) -> dict[str, Any]:
    return describe(db, [response], reader)[0]


def calls(response_id: UUID, **only: Any) -> Select[ResponseCall]:
    """Who was asked; *only* those of a ring, with an answer or those of a group: see WITH."""
    found = select(ResponseCall).where(ResponseCall.response_id == response_id).options(joinedload(ResponseCall.person))
    if only.get("ring"):
        found = found.where(ResponseCall.ring == RINGS.index(only["ring"]))
    if wanted := only.get("answer"):
        found = found.where(WITH.get(wanted, ResponseCall.answer == wanted))
    return found


def _shown(response: Response, counts: meter.Counted, own: ResponseCall | None) -> dict[str, Any]:
    facts = {name: getattr(response, name) for name in COLUMNS}
    ringing = response.state == "raised" and response.ring < rings.last_ring(response)
    return facts | {
        "ring": RINGS[response.ring] if response.ring >= 0 else None,
        "next_ring": RINGS[response.ring + 1] if ringing else None,
        "meter": meter.meter(response, counts),
        "mine": own,
    }


def _own(db: Session, response_ids: list[UUID], reader: Reader) -> dict[UUID, ResponseCall]:
    mine = select(ResponseCall).where(
        ResponseCall.response_id.in_(response_ids), ResponseCall.person_id == reader.person_id
    )
    return {call.response_id: call for call in db.scalars(mine.execution_options(populate_existing=True))}
