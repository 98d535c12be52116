"""Somebody asks for one of the services: a unit takes it, it is done, or nobody could help, and why."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import OPEN_REQUESTS, FamilyService, Person, ServiceRequest
from shared.db import now
from shared.errors import Forbidden, Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.events import ServiceAnswered, ServiceRequested

#: After so long nothing is left of who asked, and what they wrote.
KEPT = timedelta(days=30)


class AskedAlready(Problem):
    """You asked for this already, and it is still being seen to."""


def ask(
    db: Session, service: FamilyService, *, family_type: str, person_id: UUID | None, words: str | None = None,
    name: str | None = None, phone: str | None = None,
) -> ServiceRequest:  # fmt: skip
    """A member asks for themselves, or a clerk by name for a resident who agreed. The unit is told, or the desk."""
    cell = next((one for one in service.cells if one.family_type == family_type), None)
    if cell is None:
        raise Invalid(errors={"family_type": ["not_meant_for_them"]})
    if person_id:
        _expect_first(db, service, family_type, person_id)
    whose = {"person_id": person_id, "name": name, "phone": phone, "words": words}
    made = ServiceRequest(service_id=service.id, family_type=family_type, unit_id=cell.unit_id, **whose)
    db.add(made)
    db.flush()
    facts: dict[str, Any] = {"request_id": made.id, "title": service.name, "unit_id": made.unit_id}
    publish(db, ServiceRequested, subject=made.id, **facts, owned=made.unit_id is not None)
    return made


def visible(asker: Asker) -> Select[ServiceRequest]:
    """One's own, and those for units that one acts for; for clerks all."""
    query = select(ServiceRequest).options(*WHOLE)
    if asker.clerk:
        return query
    return query.where(or_(ServiceRequest.person_id == asker.person_id, ServiceRequest.unit_id.in_(asker.units)))


def seen(db: Session, request_id: UUID, asker: Asker, *, lock: bool = False) -> ServiceRequest:
    query = visible(asker).where(ServiceRequest.id == request_id)
    if lock:
        query = query.with_for_update(of=ServiceRequest).execution_options(populate_existing=True)
    if (request := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return request


def take(db: Session, request_id: UUID, asker: Asker) -> ServiceRequest:
    """The unit will see to it."""
    request = _to_answer(db, request_id, asker, "asked")
    request.state = "taken"
    return _answered(db, request)


def finish(db: Session, request_id: UUID, asker: Asker) -> ServiceRequest:
    """The service was given."""
    request = _to_answer(db, request_id, asker, *OPEN_REQUESTS)
    request.state, request.closed_at = "done", now()
    return _answered(db, request)


def refuse(db: Session, request_id: UUID, asker: Asker, *, reason: str) -> ServiceRequest:
    """Nobody could help; whoever asked is told why, and the matrix shows it."""
    request = _to_answer(db, request_id, asker, *OPEN_REQUESTS)
    request.state, request.reason, request.closed_at = "unmet", reason, now()
    return _answered(db, request)


def withdraw(db: Session, request_id: UUID, asker: Asker) -> ServiceRequest:
    """Whoever asked does not need it any more; what they wrote goes at once."""
    request = _of_oneself(db, request_id, asker)
    _expect(request, *OPEN_REQUESTS)
    request.state, request.closed_at = "withdrawn", now()
    _forget(request)
    db.flush()
    return request


def rate(db: Session, request_id: UUID, asker: Asker, *, satisfied: str) -> ServiceRequest:
    """Whoever asked says whether it helped; only how many said so is shown."""
    request = _of_oneself(db, request_id, asker)
    _expect(request, "done")
    request.satisfied = satisfied
    db.flush()
    return request


def forget_old(db: Session) -> None:
    """What was over thirty days ago is still counted, as nobody's."""
    over = (ServiceRequest.closed_at < now() - KEPT, ~ServiceRequest.forgotten)
    gone = dict.fromkeys(("person_id", "name", "phone", "words", "reason"))
    db.execute(update(ServiceRequest).where(*over).values(**gone, forgotten=True))


def leave(db: Session, person_ids: Sequence[UUID]) -> None:
    """What was asked by people who left or asked to be forgotten: what is open goes, the rest is nobody's."""
    theirs = ServiceRequest.person_id.in_(person_ids)
    db.execute(delete(ServiceRequest).where(theirs, ServiceRequest.state.in_(OPEN_REQUESTS)))
    gone = dict.fromkeys(("person_id", "name", "phone", "words", "reason"))
    db.execute(update(ServiceRequest).where(theirs).values(**gone, forgotten=True))


def _expect_first(db: Session, service: FamilyService, family_type: str, person_id: UUID) -> None:
    person = db.get(Person, person_id, with_for_update=True)  # two at once are one after the other
    if person is None or not person.active:
        raise Forbidden
    same = (ServiceRequest.service_id == service.id, ServiceRequest.family_type == family_type)
    mine = select(ServiceRequest.id).where(*same, ServiceRequest.person_id == person_id)
    if request_id := db.scalar(mine.where(ServiceRequest.state.in_(OPEN_REQUESTS)).limit(1)):
        raise AskedAlready(request_id=request_id)


def _to_answer(db: Session, request_id: UUID, asker: Asker, *allowed: str) -> ServiceRequest:
    request = seen(db, request_id, asker, lock=True)
    if not asker.clerk and request.unit_id not in asker.units:
        raise Forbidden
    _expect(request, *allowed)
    return request


def _of_oneself(db: Session, request_id: UUID, asker: Asker) -> ServiceRequest:
    """One's own, or one that a clerk wrote down for a resident."""
    request = seen(db, request_id, asker, lock=True)
    for_resident = asker.clerk and request.person_id is None
    if request.person_id != asker.person_id and not for_resident:
        raise Forbidden
    return request


def _expect(request: ServiceRequest, *allowed: str) -> None:
    if request.state not in allowed:
        raise WrongState(state=request.state, allowed=list(allowed))


def _answered(db: Session, request: ServiceRequest) -> ServiceRequest:
    db.flush()
    if request.person_id:
        facts: dict[str, Any] = {"request_id": request.id, "title": request.service.name, "result": request.state}
        facts |= {"reason": request.reason or "", "unit_name": request.unit.name if request.unit else ""}
        publish(db, ServiceAnswered, subject=request.id, person_id=request.person_id, **facts)
    return request


def _forget(request: ServiceRequest) -> None:
    request.name = request.phone = request.words = None
    request.forgotten = True


WHOLE = (joinedload(ServiceRequest.service), joinedload(ServiceRequest.unit), joinedload(ServiceRequest.person))
