"""What the others are told of a term, and what an activity says of who speaks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.models import Speaker, Term, TermSlot
from shared.outbox import publish
from shared.schemas.event import Event
from shared.schemas.events import SpeakerBooked, SpeakerReleased, SpeakerWithdrew, TermPublished


def published(db: Session, term: Term, slots: Sequence[TermSlot], *, audience: dict) -> None:
    """All are told once of all; each who speaks, of theirs."""
    first, last = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    facts: dict[str, Any] = {"starts_at": first, "ends_at": last, "lectures": len(slots), "audience": audience}
    publish(db, TermPublished, subject=term.id, **_of(term), **facts)
    theirs: dict[UUID, list[TermSlot]] = {}
    for slot in slots:
        if slot.speaker and slot.speaker.person_id:
            theirs.setdefault(slot.speaker.person_id, []).append(slot)
    for person_id, lectures in sorted(theirs.items()):
        _tell(db, SpeakerBooked, term, lectures, person_id=person_id)


def passed_on(db: Session, term: Term, slot: TermSlot, before: Speaker | None, after: Speaker | None) -> None:
    """One lecture has another speaker."""
    if before and before.person_id:
        _tell(db, SpeakerReleased, term, [slot], person_id=before.person_id)
    if after and after.person_id:
        _tell(db, SpeakerBooked, term, [slot], person_id=after.person_id)


def withdrew(db: Session, slots: Iterable[TermSlot]) -> None:
    """Lectures that were announced have nobody who speaks: the desk has to find somebody."""
    by_term: dict[UUID, list[TermSlot]] = {}
    for slot in slots:
        by_term.setdefault(slot.term_id, []).append(slot)
    for lectures in by_term.values():
        _tell(db, SpeakerWithdrew, lectures[0].term, lectures)


def summary(slot: TermSlot) -> str:
    """What the activity says: also who speaks, if they agreed to that."""
    about = slot.topic.about if slot.topic else ""
    if slot.speaker is None or not slot.speaker.announced:
        return about
    unit = f"（{slot.speaker.unit.name}）" if slot.speaker.unit else ""
    return f"{about}\n主讲：{slot.speaker.called}{unit}".strip()


def _tell(db: Session, event: type[Event], term: Term, slots: Sequence[TermSlot], **more: Any) -> None:
    names, starts = [slot.topic.name for slot in slots if slot.topic], [slot.starts_at for slot in slots]
    publish(db, event, subject=term.id, **_of(term), topics=names, starts=starts, **more)


def _of(term: Term) -> dict[str, Any]:
    return {"term_id": term.id, "title": term.name, "unit_id": term.unit_id, "unit_name": term.unit.name}
