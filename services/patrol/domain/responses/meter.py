"""How far a call is answered: what is to be done, and how many do it. Counts, no names."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.patrol.models import Response, ResponseCall

Counted = Counter[tuple[str | None, str | None]]  # (answer, task)


def counted(db: Session, response_ids: Iterable[UUID]) -> dict[UUID, Counted]:
    """Of each of these calls how many answered what for which task: one query."""
    call = ResponseCall
    wanted = select(call.response_id, call.answer, call.task, func.count()).where(call.response_id.in_(response_ids))
    found: dict[UUID, Counted] = defaultdict(Counter)
    for response_id, answer, task, count in db.execute(wanted.group_by(call.response_id, call.answer, call.task)):
        found[response_id][answer, task] = count
    return found


def meter(response: Response, counts: Counted) -> dict[str, Any]:
    """What of a call is filled. Who comes in ten minutes is said, but fills nothing yet."""
    tasks = [
        need | {"coming": counts["ack", need["task"]], "later": counts["later", need["task"]]}
        for need in response.needs
    ]
    said = Counter[str | None]()
    for (answer, _), count in counts.items():
        said[answer] += count
    return {
        "tasks": tasks,
        "filled": all(task["coming"] >= task["wanted"] for task in tasks),
        "asked": said.total(),
        "coming": said["ack"],
        "later": said["later"],
        "declined": said["decline"],
        "spare": counts["ack", None] + counts["later", None],
    }


def missing(read: dict[str, Any]) -> list[str]:
    """The tasks that nobody or too few do yet."""
    return [task["task"] for task in read["tasks"] if task["coming"] < task["wanted"]]


def of(db: Session, response: Response) -> dict[str, Any]:
    """The meter of one call."""
    return meter(response, counted(db, [response.id])[response.id])
