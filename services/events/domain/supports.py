"""Households that support a need, one voice each, and the answer that they are owed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain.lists import NotNow, expect, tell
from services.events.models import Need, Support
from shared.crypto import blind
from shared.db import locked, now
from shared.outbox import publish
from shared.schemas.events import NeedAnswered

#: From the first support on.
ANSWER_WITHIN = timedelta(days=15)
CHUNK = 500


def support(db: Session, need_id: UUID, *, entrance: str, room: str, person_id: UUID | None) -> Need:
    """Count a household; a second time, or by somebody else who lives there, is once."""
    need = locked(db, Need, need_id)
    expect(need, "published", "claimed", "met")
    if need.answered_at:
        raise NotNow(state="answered", allowed=["published"])
    if person_id:  # whoever moved, or mistyped, supports from one household only
        db.execute(delete(Support).where(Support.need_id == need_id, Support.person_id == person_id))
    row = {"need_id": need_id, "household": household(need_id, entrance, room), "person_id": person_id}
    db.execute(insert(Support).values(row).on_conflict_do_nothing())
    need.answer_due_at = need.answer_due_at or now() + ANSWER_WITHIN
    db.flush()
    return need


def take_back(db: Session, need_id: UUID, *, person_id: UUID) -> None:
    need = locked(db, Need, need_id)
    expect(need, "published", "claimed", "met")
    db.execute(delete(Support).where(Support.need_id == need_id, Support.person_id == person_id))


def answer(db: Session, need_id: UUID, *, decision: str, words: str) -> Need:
    """Say what is done and why: everybody reads it, those who support it are told. A later answer replaces it."""
    need = locked(db, Need, need_id)
    expect(need, "published", "claimed", "met", "closed")
    need.decision, need.answer, need.answered_at = decision, words, now()
    db.flush()
    people = db.scalars(
        select(Support.person_id).where(Support.need_id == need_id, Support.person_id.is_not(None))
    ).all()
    tell(db, NeedAnswered, need, need, decision=decision, reason=words)
    _tell_supporters(db, need, people)
    return need


def household(need_id: UUID, entrance: str, room: str) -> bytes:
    """A household as one need knows it: another need knows it otherwise, and neither can be turned back."""
    door = "".join(room.split()).upper().removesuffix("室")
    return blind(f"support:{need_id}:{entrance.upper()}:{door}")


def _tell_supporters(db: Session, need: Need, people: Sequence[UUID | None]) -> None:
    facts: dict[str, Any] = {"need_id": need.id, "title": need.title, "decision": need.decision, "reason": need.answer}
    for first in range(0, len(people), CHUNK):
        some = [person for person in people[first : first + CHUNK] if person != need.person_id]
        publish(db, NeedAnswered, subject=need.id, unit_ids=[], person_ids=some, **facts)
