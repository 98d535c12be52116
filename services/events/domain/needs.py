"""The life of a need: written, checked, published, taken on, met; or taken back."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from services.events.domain import claims, lists, projects, proposals, wishes
from services.events.domain.lists import expect, tell
from services.events.domain.scope import Asker
from services.events.models import Claim, Need, Support, Unit
from shared.db import locked, now
from shared.schemas.events import NeedClosed, NeedPublished, NeedToCheck, NeedUnmatched

#: After so long without anybody the joint meeting speaks about it.
PATIENCE = timedelta(days=14)
OPEN = ("published", "claimed", "met")


def write(db: Session, *, written_by: UUID | None, **words: Any) -> Need:
    """A need as a draft."""
    lists.check(db, words)
    need = Need(written_by=written_by, worded_by=written_by, left=words["amount"], **words)
    db.add(need)
    db.flush()
    return need


def edit(db: Session, need_id: UUID, *, worded_by: UUID | None, **words: Any) -> Need:
    """Change a need that nobody has met yet; of a published one that is a resident's, the words are checked again."""
    need = locked(db, Need, need_id)
    expect(need, "draft", "verify", "published", "claimed")
    lists.check(db, words)
    if (need.title, need.text) != (words["title"], words["text"]):
        need.worded_by = worded_by
    lists.change(need, **words)
    if need.state in ("published", "claimed"):
        wishes.refuse_traces(db, need)
        need.state = "published" if need.left else "claimed"
        db.flush()
        proposals.for_need(db, need.id)
    db.flush()
    return need


def publish(db: Session, need_id: UUID, *, asker: Asker) -> Need:
    """Put it on the list; what a clerk must look at first waits for one."""
    need = locked(db, Need, need_id)
    expect(need, "draft", "verify")
    unit = db.get(Unit, need.unit_id) if need.unit_id else None
    if not asker.clerk and (unit is None or unit.needs_approval):
        need.state = "verify"
        db.flush()
        tell(db, NeedToCheck, need)
        return need
    wishes.refuse_traces(db, need)
    need.state, need.published_at = "published", now()
    db.flush()
    tell(db, NeedPublished, need)
    return need


def withdraw(db: Session, need_id: UUID, *, reason: str) -> Need:
    """Take it back: whoever took it on is told, and has it no longer."""
    return _end(db, locked(db, Need, need_id), "withdrawn", reason, "draft", "verify", *OPEN)


def close(db: Session, need_id: UUID, *, reason: str) -> Need:
    """It is not needed any more, though nobody met it. A wish is closed by the resident's word only."""
    need = locked(db, Need, need_id)
    wishes.refuse_to_close(need)
    return _end(db, need, "closed", reason, *OPEN)


def bring_to_the_meeting(db: Session) -> None:
    """What nobody took on for a fortnight goes onto the joint meeting's agenda, once."""
    claimed = exists().where(Claim.need_id == Need.id, Claim.state != "withdrawn")
    alone = select(Need).where(
        Need.state == "published", Need.unmatched_at.is_(None), Need.published_at <= now() - PATIENCE, ~claimed
    )
    for need in db.scalars(alone.with_for_update(skip_locked=True)):
        need.unmatched_at = now()
        tell(db, NeedUnmatched, need, published_at=need.published_at)


def counted(db: Session, needs: Iterable[Need], asker: Asker) -> list[Need]:
    """Write on each need how many households support it, whether this person does, and whether it is theirs."""
    rows = {need.id: need for need in needs}
    mine = func.bool_or(Support.person_id == asker.person_id) if asker.person_id else func.bool_and(False)
    counts = select(Support.need_id, func.count(), func.coalesce(mine, False)).where(Support.need_id.in_(rows))
    for need in rows.values():
        need.supports, need.supported = 0, False
        lists.mark(need, asker)
    for need_id, count, supported in db.execute(counts.group_by(Support.need_id)):
        rows[need_id].supports, rows[need_id].supported = count, supported
    return list(rows.values())


def _end(db: Session, need: Need, outcome: str, reason: str, *from_states: str) -> Need:
    expect(need, *from_states)
    taken: Sequence[Claim] = claims.drop_all(db, need, reason=outcome)
    need.state, need.reason = outcome, reason
    db.flush()
    if need.published_at:
        tell(db, NeedClosed, need, need, *taken, outcome=outcome, reason=reason)
    projects.follow(db, need)
    return need
