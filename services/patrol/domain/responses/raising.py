"""A call begins and ends: raised, noted, stood down, reviewed within three days."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session

from services.patrol.domain import zones
from services.patrol.domain.readers import Reader
from services.patrol.domain.responses import rings
from services.patrol.domain.responses.log import note
from services.patrol.models import Response, ResponseCall
from shared.db import locked, now
from shared.errors import Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.event import Event
from shared.schemas.patrol import ResponseReviewDue, ResponseStoodDown

REVIEW_WITHIN = timedelta(hours=72)

#: So long before the review must be there the desk is reminded, and as often after that.
REMIND_EVERY = timedelta(hours=24)


class ResponseOver(Problem):
    """This call is over."""


class AllAsked(Problem):
    """Everybody whom a call of this severity reaches was asked."""


class NotOverYet(Problem):
    """This call is not over yet: stand it down first."""


class Reviewed(Problem):
    """This was reviewed before."""


def sees(reader: Reader) -> ColumnElement[bool]:
    """The condition on calls that this person may look at them: whoever was asked, and the desk."""
    if reader.desk:
        return true()
    return Response.id.in_(select(ResponseCall.response_id).where(ResponseCall.person_id == reader.person_id))


def seen(db: Session, response_id: UUID, reader: Reader) -> Response:
    found: Select[Response] = select(Response).where(Response.id == response_id, sees(reader))
    response = db.scalar(found)
    if response is None:
        raise NotFound
    return response


def raise_call(db: Session, reader: Reader, *, zone: str | None, needs: list[dict], **facts: Any) -> Response:
    """Call for hands; the first ring is asked at once."""
    if not zones.known(db, zone):
        raise Invalid(errors={"zone": ["unknown"]})
    if len({need["task"] for need in needs}) < len(needs):
        raise Invalid(errors={"needs": ["twice"]})
    response = Response(zone=zone, needs=needs, raised_by=reader.person_id, **facts)
    db.add(response)
    db.flush()
    note(db, response, "raised", by=reader.person_id, words=response.words, severity=response.severity)
    rings.ring_next(db, response, by=reader.person_id)
    return response


def ring_now(db: Session, response_id: UUID, reader: Reader) -> Response:
    """Do not wait for the minutes: ask the next people now."""
    response = _going_on(db, response_id)
    if response.ring >= rings.last_ring(response):
        raise AllAsked
    rings.ring_next(db, response, by=reader.person_id)
    return response


def write_down(db: Session, response_id: UUID, reader: Reader, *, words: str) -> Response:
    """Add what somebody knows to the log, also afterwards."""
    response = locked(db, Response, response_id)
    note(db, response, "noted", by=reader.person_id, words=words)
    return response


def stand_down(db: Session, response_id: UUID, reader: Reader, *, words: str) -> Response:
    """It is over: nobody is rung any more. Said twice, it is said once."""
    response = locked(db, Response, response_id)
    if response.state != "raised":
        return response
    at = now()
    response.state, response.next_at, response.note = "stood_down", None, words
    response.stood_down_by, response.stood_down_at = reader.person_id, at
    response.review_until, response.remind_at = at + REVIEW_WITHIN, at + REVIEW_WITHIN - REMIND_EVERY
    db.flush()
    _publish(db, ResponseStoodDown, response, by_name=reader.name, note=words)
    note(db, response, "stood_down", by=reader.person_id, words=words)
    return response


def review(db: Session, response_id: UUID, reader: Reader, *, review: str, change: str) -> Response:
    """Write down how it went, and what is to be otherwise next time."""
    response = locked(db, Response, response_id)
    if response.state == "raised":
        raise NotOverYet
    if response.state == "closed":
        raise Reviewed
    response.state, response.review, response.change, response.remind_at = "closed", review, change, None
    response.reviewed_by, response.reviewed_at = reader.person_id, now()
    db.flush()
    note(db, response, "reviewed", by=reader.person_id)
    return response


def remind_of_reviews(db: Session) -> None:
    """Remind the desk of what nobody has reviewed, a day ahead and then daily."""
    due = select(Response).where(Response.state == "stood_down", Response.remind_at <= now())
    for response in db.scalars(due.with_for_update(skip_locked=True)):
        response.remind_at = now() + REMIND_EVERY
        db.flush()
        _publish(db, ResponseReviewDue, response, until=response.review_until)
        note(db, response, "reminded", by=None)


def _going_on(db: Session, response_id: UUID) -> Response:
    response = locked(db, Response, response_id)
    if response.state != "raised":
        raise ResponseOver
    return response


def _publish(db: Session, event: type[Event], response: Response, **more: Any) -> None:
    call = {"response_id": response.id, "drill": response.drill, "emergency": response.kind, "place": response.place}
    facts: dict[str, Any] = call | more
    publish(db, event, subject=response.id, **facts)
