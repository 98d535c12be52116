"""A term from its first idea to a plan: times are laid out, topics and speakers proposed, some things put right."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from services.events.domain import speakers, topics
from services.events.domain.hall import calendar, reasons, rooms
from services.events.domain.hall.planning import Hour, Plan, Subject, Voice
from services.events.models import Speaker, Term, TermSlot, Topic, Unit
from shared.db import locked, now
from shared.errors import Invalid, NotFound, Problem


class AlreadyPublished(Problem):
    """The term is published; its lectures are activities now."""


def seen(db: Session, term_id: UUID) -> Term:
    """A term with all that is planned for it: a few statements, however many lectures."""
    query = select(Term).where(Term.id == term_id).execution_options(populate_existing=True)
    if (term := db.scalars(query.options(*WHOLE)).one_or_none()) is None:
        raise NotFound
    return term


def post(db: Session, unit: Unit, **facts: Any) -> Term:
    facts["rooms"] = rooms.named(db, facts["rooms"])
    term = Term(unit_id=unit.unit_id, **facts)
    _check(db, term)
    db.add(term)
    db.flush()
    return term


def edit(db: Session, term_id: UUID, **facts: Any) -> Term:
    """Change what is wanted; the plan follows when it is made again."""
    term = to_plan(db, term_id)
    facts["rooms"] = rooms.named(db, facts["rooms"])
    for name, value in facts.items():
        setattr(term, name, value)
    _check(db, term)
    touch(term)
    db.flush()
    return term


def plan(db: Session, term_id: UUID) -> Term:
    """Propose a topic, a speaker and a room for each time, except where a person decided; the same again if asked."""
    term = to_plan(db, term_id)
    kept = [slot for slot in term.slots if slot.fixed]
    spans, skipped = calendar.times(db, term)
    hours = calendar.hours(db, term, spans, kept)
    wanted = [subject_of(topic) for topic in topics.counted(db, topics.every(db, active=True), None)]
    drawn = _begun(db, hours, kept)
    drawn.fill(wanted, term.repeats)
    term.left = [_left(drawn, subject) for subject in wanted if not drawn.count(subject)]
    term.skipped, term.planned_at = skipped, now()
    touch(term)
    _write(db, term, drawn, kept)
    return term


def to_plan(db: Session, term_id: UUID) -> Term:
    """The term, locked, as long as it can still be planned."""
    term = locked(db, Term, term_id)
    if term.state != "draft":
        raise AlreadyPublished
    return term


def touch(term: Term) -> None:
    """What is planned for it is another version of it."""
    term.changed_at = now()


def _begun(db: Session, hours: Sequence[Hour], kept: Sequence[TermSlot]) -> Plan:
    """A plan in which nothing stands but what a person decided."""
    voices = {speaker.id: voice_of(speaker) for speaker in speakers.available(db)}
    numbers = {(hour.starts_at, hour.ends_at): hour.number for hour in hours}
    fixed = {numbers[slot.starts_at, slot.ends_at]: slot for slot in kept}
    drawn = Plan({hour.number: hour for hour in hours}, voices, fixed=frozenset(fixed))
    for number, slot in fixed.items():
        if slot.topic:
            drawn.subjects[number] = subject_of(slot.topic)
        if slot.speaker_id:
            drawn.speakers[number] = slot.speaker_id
    return drawn


def _write(db: Session, term: Term, drawn: Plan, kept: Sequence[TermSlot]) -> None:
    decided = {(slot.starts_at, slot.ends_at): (slot.place, slot.topic_id, slot.speaker_id, slot.why) for slot in kept}
    term.slots.clear()
    db.flush()
    for number, hour in drawn.hours.items():
        times: dict[str, Any] = {"number": number, "starts_at": hour.starts_at, "ends_at": hour.ends_at}
        if known := decided.get((hour.starts_at, hour.ends_at)):
            place, topic_id, speaker_id, why = known
            facts = {"place": place, "topic_id": topic_id, "speaker_id": speaker_id, "why": why, "fixed": True}
        else:
            facts = _proposal(drawn, number)
        term.slots.append(TermSlot(**times, **facts))
    db.flush()


def _proposal(drawn: Plan, number: int) -> dict[str, Any]:
    place, subject = drawn.hours[number].place, drawn.subjects.get(number)
    if subject is None:
        return {"place": place, "why": reasons.of_gap(drawn, number)}
    speaker_id, why = drawn.speakers.get(number), reasons.of_proposal(drawn, number)
    return {"place": subject.place or place, "topic_id": subject.id, "speaker_id": speaker_id, "why": why}


def _left(drawn: Plan, subject: Subject) -> dict[str, Any]:
    return {"topic": subject.code, "votes": subject.votes, "why": reasons.of_left(drawn, subject)}


def subject_of(topic: Topic) -> Subject:
    months = frozenset(topic.months)
    return Subject(topic.id, topic.code, topic.group, topic.votes, months, topic.place, topic.needs_speaker)


def voice_of(speaker: Speaker) -> Voice:
    ids = frozenset(topic.id for topic in speaker.topics)
    return Voice(speaker.id, ids, speaker.load_cap, frozenset(speaker.weekdays), tuple(speaker.away_days))


def _check(db: Session, term: Term) -> None:
    if term.ends_on < term.starts_on:
        raise Invalid(errors={"ends_on": ["ends_before_start"]})
    if term.ends_on > calendar.last_day(term.starts_on):
        raise Invalid(errors={"ends_on": [{"code": "lasts_too_long", "max_days": 200}]})
    names = [room["name"] for room in term.rooms]
    if len(set(names)) < len(names):
        raise Invalid(errors={"rooms": ["twice"]})
    with db.no_autoflush:
        spans, _ = calendar.times(db, term)
    if not spans:
        raise Invalid(errors={"wanted": ["no_date"]})


WHOLE = (
    joinedload(Term.unit),
    selectinload(Term.slots).options(
        joinedload(TermSlot.topic),
        joinedload(TermSlot.speaker).options(joinedload(Speaker.person), joinedload(Speaker.unit)),
    ),
)
