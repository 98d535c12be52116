"""Which date would suit: asked of those who signed up for what was postponed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import activities, sign_ups
from services.events.domain.bookings import following
from services.events.domain.news import tell_people
from services.events.models import Activity, Poll, PollAnswer
from shared.db import find, locked, now
from shared.errors import Forbidden, Invalid, Problem
from shared.schemas.events import ActivityPostponed


class PollClosed(Problem):
    """The date has been chosen."""


def open_for(db: Session, activity_id: UUID, options: list[dict]) -> None:
    """Ask about these times {starts_at, ends_at}; an earlier poll and its answers are forgotten."""
    close(db, activity_id)
    if not options:
        return
    for number, option in enumerate(options):
        if errors := activities.wrong_times(option["starts_at"], option["ends_at"]):
            raise Invalid(errors={f"options.{number}.{name}": codes for name, codes in errors.items()})
    times = [{name: option[name].isoformat() for name in ("starts_at", "ends_at")} for option in options]
    db.add(Poll(activity_id=activity_id, options=times))
    db.flush()


def answer(db: Session, activity_id: UUID, *, person_id: UUID, options: list[int]) -> PollAnswer:
    """Say which of the dates suit; again: say it anew. Only those who go or wait are asked."""
    poll = find(db, Poll, activity_id, with_for_update={"read": True})
    if poll.closed_at:
        raise PollClosed
    if person_id not in sign_ups.people_of(db, activity_id):
        raise Forbidden
    if any(not 0 <= number < len(poll.options) for number in options):
        raise Invalid(errors={"options": [{"code": "out_of_range", "min": 0, "max": len(poll.options) - 1}]})
    facts = {"options": sorted(set(options)), "at": now()}
    said = insert(PollAnswer).values(activity_id=activity_id, person_id=person_id, **facts)
    said = said.on_conflict_do_update(constraint="poll_answers_pkey", set_=facts)
    return db.scalars(said.returning(PollAnswer), execution_options={"populate_existing": True}).one()


def choose(db: Session, activity_id: UUID, *, option: int) -> Activity:
    """End the poll: it takes place at this one of the times, and whoever signed up is told."""
    following.hold(db, activity_id)
    activity = locked(db, Activity, activity_id)
    poll = find(db, Poll, activity_id)
    if poll.closed_at:
        raise PollClosed
    if not 0 <= option < len(poll.options):
        raise Invalid(errors={"option": [{"code": "out_of_range", "min": 0, "max": len(poll.options) - 1}]})
    starts_at, ends_at = (datetime.fromisoformat(poll.options[option][name]) for name in ("starts_at", "ends_at"))
    activities.move(db, activity, starts_at, ends_at)
    poll.closed_at, poll.chosen = now(), option
    db.flush()
    people = sign_ups.people_of(db, activity_id)
    tell_people(db, ActivityPostponed, activity, people, reason=activity.reason or "", dated=True, options=[])
    return activity


def counted(db: Session, activity_id: UUID, person_id: UUID | None) -> dict | None:
    """The open poll of an activity: its times, how many each suits, how many answered, and one's own answer."""
    poll = db.get(Poll, activity_id)
    if poll is None or poll.closed_at:
        return None
    answers: Sequence[PollAnswer] = db.scalars(select(PollAnswer).where(PollAnswer.activity_id == activity_id)).all()
    suits = [sum(number in one.options for one in answers) for number in range(len(poll.options))]
    times = [{name: datetime.fromisoformat(option[name]) for name in option} for option in poll.options]
    mine = next((one.options for one in answers if one.person_id == person_id), None)
    options = [{**time, "suits": count} for time, count in zip(times, suits, strict=True)]
    return {"options": options, "answers": len(answers), "mine": mine}


def close(db: Session, activity_id: UUID) -> None:
    """Forget the poll, if there is one: the question has been settled otherwise."""
    poll = db.get(Poll, activity_id)
    if poll:
        db.delete(poll)
        db.flush()
