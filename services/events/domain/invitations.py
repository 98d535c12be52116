"""A unit asks a troupe to play: its leader says yes or no, and is never in two places."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from services.events.domain import activities
from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import Troupe, TroupeInvitation, Unit
from shared.db import find, locked, now
from shared.errors import Forbidden, Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.event import Event
from shared.schemas.events import TroupeAnswered, TroupeInvited, TroupeUninvited


class EngagedElsewhere(Problem):
    """The troupe plays somewhere else at that time."""


def invite(db: Session, troupe: Troupe, unit: Unit, *, invited_by: UUID | None, **facts: Any) -> TroupeInvitation:
    """Ask it to come; its leader is told."""
    if errors := activities.wrong_times(facts["starts_at"], facts["ends_at"]):
        raise Invalid(errors=errors)
    if not troupe.active:
        raise NotFound
    made = TroupeInvitation(troupe_id=troupe.id, unit_id=unit.unit_id, invited_by=invited_by, **facts)
    db.add(made)
    db.flush()
    _tell(db, TroupeInvited, made, person_id=troupe.leader_id)
    return made


def visible(asker: Asker) -> Select[TroupeInvitation]:
    """Those to troupes that one leads, and those of units that one acts for; for clerks all."""
    query = select(TroupeInvitation).join(TroupeInvitation.troupe)
    if not asker.clerk:
        query = query.where(or_(Troupe.leader_id == asker.person_id, TroupeInvitation.unit_id.in_(asker.units)))
    return query.options(contains_eager(TroupeInvitation.troupe), joinedload(TroupeInvitation.unit))


def answer(
    db: Session, invitation_id: UUID, asker: Asker, *, accepted: bool, reason: str | None = None
) -> TroupeInvitation:
    """The leader, or a clerk for them, says whether the troupe comes; the unit is told."""
    invitation = _to_change(db, invitation_id, asker)
    if not asker.clerk and invitation.troupe.leader_id != asker.person_id:
        raise Forbidden
    _expect(invitation, "asked", *(() if accepted else ("accepted",)))
    if accepted:
        _expect_free(db, invitation)
    invitation.state, invitation.reason = "accepted" if accepted else "declined", reason
    db.flush()
    facts = {"result": invitation.state, "reason": reason or "", "person_ids": _who_asked(invitation)}
    _tell(db, TroupeAnswered, invitation, **facts)
    return invitation


def withdraw(db: Session, invitation_id: UUID, asker: Asker, *, reason: str) -> TroupeInvitation:
    """The unit does not want it any more; the leader is told why."""
    invitation = _to_change(db, invitation_id, asker)
    if not asker.clerk and invitation.unit_id not in asker.units:
        raise Forbidden
    _expect(invitation, "asked", "accepted")
    invitation.state, invitation.reason = "withdrawn", reason
    db.flush()
    _tell(db, TroupeUninvited, invitation, person_id=invitation.troupe.leader_id, reason=reason)
    return invitation


def _to_change(db: Session, invitation_id: UUID, asker: Asker) -> TroupeInvitation:
    """Behind the lock of its troupe, so that two yeses at once are one after the other."""
    query = visible(asker).where(TroupeInvitation.id == invitation_id)
    if (known := db.scalars(query).one_or_none()) is None:
        raise NotFound
    locked(db, Troupe, known.troupe_id)
    db.refresh(known, ["state"])
    return known


def _expect(invitation: TroupeInvitation, *allowed: str) -> None:
    if invitation.state not in allowed:
        raise WrongState(state=invitation.state, allowed=list(allowed))


def _expect_free(db: Session, invitation: TroupeInvitation) -> None:
    if invitation.starts_at <= now():
        raise WrongState(state="over", allowed=["asked"])
    clashing = select(TroupeInvitation).where(
        TroupeInvitation.troupe_id == invitation.troupe_id,
        TroupeInvitation.state == "accepted",
        TroupeInvitation.starts_at < invitation.ends_at,
        TroupeInvitation.ends_at > invitation.starts_at,
    )
    if other := db.scalars(clashing.limit(1)).one_or_none():
        raise EngagedElsewhere(starts_at=other.starts_at, ends_at=other.ends_at)


def _who_asked(invitation: TroupeInvitation) -> list[UUID]:
    return [invitation.invited_by] if invitation.invited_by else []


def _tell(db: Session, event: type[Event], invitation: TroupeInvitation, **more: Any) -> None:
    troupe, unit = find(db, Troupe, invitation.troupe_id), find(db, Unit, invitation.unit_id)
    names = ("title", "place", "starts_at", "ends_at", "unit_id")
    facts = {name: getattr(invitation, name) for name in names}
    publish(
        db, event, subject=invitation.id, invitation_id=invitation.id, troupe=troupe.name, unit_name=unit.name,
        **facts, **more,
    )  # fmt: skip
