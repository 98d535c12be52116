"""What a person decides about a time of a term: planning leaves it, and says if something speaks against it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain import speakers
from services.events.domain.hall import calendar, news
from services.events.domain.hall.planning import Hour
from services.events.domain.hall.terms import AlreadyPublished, subject_of, to_plan, touch, voice_of
from services.events.models import Speaker, Term, TermSlot, Topic
from shared.db import locked
from shared.errors import Invalid, NotFound


def fix(
    db: Session, term_id: UUID, *, number: int, fixed: bool = True, topic: str | None = None,
    speaker_id: UUID | None = None, place: str | None = None,
) -> Term:  # fmt: skip
    """Decide what a time is for, or (not *fixed*) leave it to planning again.

    Once the term is published only who speaks can still change; both of them are told.
    """
    term = locked(db, Term, term_id)
    slot = _slot(term, number)
    if not fixed:
        _leave_to_planning(term, slot)
    else:
        _decide(db, term, slot, _topic(db, topic), _speaker(db, speaker_id), place)
    touch(term)
    db.flush()
    return term


def swap(db: Session, term_id: UUID, *, first: int, second: int) -> Term:
    """Exchange what two times are for, and who speaks; each keeps its room. What becomes empty is planned again."""
    term = to_plan(db, term_id)
    slots = [_slot(term, number) for number in (first, second)]
    wanted = [(slot.topic, slot.speaker) for slot in reversed(slots)]
    for slot in slots:
        slot.speaker = slot.topic = None
    db.flush()
    for slot, (topic, speaker) in zip(slots, wanted, strict=True):
        if topic:
            _decide(db, term, slot, topic, speaker, None)
        else:
            _leave_to_planning(term, slot)
    touch(term)
    db.flush()
    return term


def _slot(term: Term, number: int) -> TermSlot:
    slot = next((one for one in term.slots if one.number == number), None)
    if slot is None:
        raise NotFound
    return slot


def _leave_to_planning(term: Term, slot: TermSlot) -> None:
    if term.state != "draft":
        raise AlreadyPublished
    slot.fixed, slot.topic, slot.speaker, slot.why = False, None, None, [{"code": "to_be_planned"}]


def _decide(
    db: Session, term: Term, slot: TermSlot, topic: Topic | None, speaker: Speaker | None, place: str | None
) -> None:
    before = slot.speaker
    if term.state != "draft" and (slot.activity_id is None or topic is not slot.topic):
        raise AlreadyPublished
    if speaker and topic is None:
        raise Invalid(errors={"topic": ["required"]})
    if speaker and speaker is not before:
        _expect_room_for(term, slot, speaker)
    if term.state == "draft":
        slot.place = place or (topic and topic.place) or _room_of(term, slot)
        slot.topic, slot.fixed = topic, True
        _expect_free(db, term, slot)
    slot.speaker = speaker
    slot.why = [{"code": "by_hand"}, *_objections(slot, topic, speaker)]
    if term.state != "draft" and speaker is not before:
        _say_who_speaks(slot)
        news.passed_on(db, term, slot, before, speaker)


def _expect_room_for(term: Term, slot: TermSlot, speaker: Speaker) -> None:
    """Their limit is a promise, and nobody is in two places."""
    theirs = [one for one in term.slots if one is not slot and one.speaker_id == speaker.id]
    if len(theirs) >= speaker.load_cap:
        raise Invalid(errors={"speaker_id": [{"code": "load_cap", "max": speaker.load_cap}]})
    if any(one.starts_at < slot.ends_at and slot.starts_at < one.ends_at for one in theirs):
        raise Invalid(errors={"speaker_id": ["speaks_elsewhere"]})


def _expect_free(db: Session, term: Term, slot: TermSlot) -> None:
    if slot.topic is None or slot.place is None:
        return
    beside = [
        one
        for one in term.slots
        if one is not slot and one.fixed and one.place == slot.place
        and one.starts_at < slot.ends_at and slot.starts_at < one.ends_at
    ]  # fmt: skip
    against = "taken" if beside else calendar.collisions(db, term, [slot]).get(slot.number)
    if against:
        raise Invalid(errors={"place": [against]})


def _objections(slot: TermSlot, topic: Topic | None, speaker: Speaker | None) -> list[dict[str, Any]]:
    """What planning would not have done: a person may know better."""
    hour = Hour(slot.number, slot.starts_at, slot.ends_at, slot.place)
    found: list[dict[str, Any]] = []
    if topic and not subject_of(topic).in_season(hour):
        found.append({"code": "out_of_season", "months": topic.months})
    if topic and slot.place is None:
        found.append({"code": "place_missing"})
    if topic and topic.needs_speaker and speaker is None:
        found.append({"code": "speaker_missing"})
    if topic and speaker:
        voice = voice_of(speaker)
        found += [] if topic.id in voice.topics else [{"code": "not_their_topic"}]
        found += [] if voice.is_free(hour) else [{"code": "speaker_not_free", "weekday": hour.on.isoweekday()}]
    return found


def _topic(db: Session, code: str | None) -> Topic | None:
    if code is None:
        return None
    if (topic := db.scalars(select(Topic).where(Topic.code == code)).one_or_none()) is None:
        raise Invalid(errors={"topic": ["unknown"]})
    return topic


def _speaker(db: Session, speaker_id: UUID | None) -> Speaker | None:
    found = {speaker.id: speaker for speaker in speakers.available(db)} if speaker_id else {}
    if speaker_id and speaker_id not in found:
        raise Invalid(errors={"speaker_id": ["unknown"]})
    return found[speaker_id] if speaker_id else None


def _say_who_speaks(slot: TermSlot) -> None:
    if slot.activity:
        slot.activity.summary = news.summary(slot)


def _room_of(term: Term, slot: TermSlot) -> str | None:
    """The room that it had, unless that was the own place of another topic."""
    return slot.place if slot.place in calendar.names_of(term) else None
