"""I am coming, I cannot, in ten minutes: what people say, and what they then do there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain.responses import meter
from services.patrol.domain.responses.log import note
from services.patrol.domain.responses.raising import ResponseOver
from services.patrol.models import Person, Response, ResponseCall
from services.patrol.models.responses import RESPONSE_ANSWERS
from shared.db import locked, now
from shared.errors import Invalid, NotFound
from shared.outbox import publish
from shared.schemas.patrol import ResponseAnswered

#: The skill that a task asks for. Who leads is said by a person, never by us.
SKILLED = {"first_aid": ("first_aid", "medicine"), "driver": ("driving",)}
COMING = ("ack", "later")


def answer(db: Session, response_id: UUID, *, by: UUID, answer: str, task: str | None) -> Response:
    """Somebody who was asked answers on the page; minds may change. Said twice, it is said once."""
    response = _taken(db, response_id, by=by, answer=answer, task=task, at=now())
    facts: dict[str, Any] = {"response_id": response.id, "person_id": by, "answer": answer, "answered_at": now()}
    publish(db, ResponseAnswered, subject=response.id, **facts)
    return response


def hear(db: Session, response_id: UUID, *, by: UUID, answer: str, at: datetime) -> None:
    """What somebody answers to the message that asked; what comes too late changes nothing."""
    if answer not in RESPONSE_ANSWERS:
        return
    try:
        _taken(db, response_id, by=by, answer=answer, task=None, at=at)
    except (NotFound, ResponseOver):
        return


def suggest(read: dict[str, Any], skills: list[str]) -> tuple[str | None, list[dict]]:
    """What somebody could do who did not say, and why: what their skill is needed for, else what lacks most."""
    lacking = {need["task"]: need["wanted"] - need["coming"] - need["later"] for need in read["tasks"]}
    open_tasks = [task for task in lacking if lacking[task] > 0 and task != "lead"]
    for task in open_tasks:
        if skill := next((one for one in SKILLED.get(task, ()) if one in skills), None):
            return task, [{"code": "skill", "skill": skill}]
    simple = [task for task in open_tasks if task not in SKILLED]
    if not simple:
        return None, [{"code": "all_filled"}]
    return max(simple, key=lambda task: lacking[task]), [{"code": "lacks_most"}]


def _taken(db: Session, response_id: UUID, *, by: UUID, answer: str, task: str | None, at: datetime) -> Response:
    if db.get(ResponseCall, (response_id, by)) is None:
        raise NotFound
    response = locked(db, Response, response_id)
    if response.state != "raised":
        raise ResponseOver
    call = locked(db, ResponseCall, (response_id, by))
    if call.answer == answer and task in (None, call.task):
        return response
    was_filled = meter.of(db, response)["filled"]
    why = _settle(db, response, call, answer, task, at)
    db.flush()
    note(db, response, "answered", by=by, answer=answer, task=call.task, why=why)
    if not was_filled and meter.of(db, response)["filled"]:
        note(db, response, "filled", by=None)
    return response


def _settle(
    db: Session, response: Response, call: ResponseCall, answer: str, task: str | None, at: datetime
) -> list[dict]:
    """Write down the answer, and which task it fills; return why that one."""
    stays = call.task if call.answer in COMING else None
    call.answer, call.task, call.answered_at = answer, None, call.answered_at or max(at, call.asked_at)
    db.flush()
    if answer not in COMING:
        return []
    read = meter.of(db, response)
    if task:
        _check_open(read, task)
        call.task = task
        return [{"code": "chosen"}]
    if stays:
        call.task = stays
        return [{"code": "as_before"}]
    skills = db.scalar(select(Person.skills).where(Person.person_id == call.person_id)) or []
    call.task, why = suggest(read, skills)
    return why


def _check_open(read: dict[str, Any], task: str) -> None:
    wanted = {need["task"]: need for need in read["tasks"]}
    if task not in wanted:
        raise Invalid(errors={"task": ["unknown"]})
    if wanted[task]["coming"] + wanted[task]["later"] >= wanted[task]["wanted"]:
        raise Invalid(errors={"task": ["filled"]})
