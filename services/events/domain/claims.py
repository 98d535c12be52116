"""Taking on a need, whole or in part, alone or together; delivering it, or giving it back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.events.domain import lists, projects
from services.events.domain.lists import NotNow, OnlyLeft, expect, tell
from services.events.domain.scope import Asker
from services.events.models import Claim, Match, Need, Offer, Partner, Unit
from shared.db import find, locked, now
from shared.errors import Forbidden, Invalid, Problem
from shared.schemas.events import ClaimAccepted, ClaimGivenBack, NeedDelivered

#: What is held of a need.
HELD = ("asked", "open", "delivered", "confirmed")


class OwnNeed(Problem):
    """Nobody takes on what they need themselves."""


def claim(
    db: Session, need_id: UUID, *, amount: int, unit_id: UUID | None = None, person_id: UUID | None = None,
    offer_id: UUID | None = None, together: Sequence[str] = (),
) -> Claim:  # fmt: skip
    """Take on *amount* of a need, as a unit or as a member, out of an offer of one's own if there is one."""
    need = locked(db, Need, need_id)
    _expect_free(need, amount)
    if (need.unit_id and need.unit_id == unit_id) or (need.person_id and need.person_id == person_id):
        raise OwnNeed
    unit = find(db, Unit, unit_id) if unit_id else None
    partners = _partners(db, together, unit_id)
    _take_from_offer(db, need, offer_id, amount, unit_id, person_id)
    state = "asked" if need.kind == "wish" else "open"
    made = Claim(need_id=need.id, offer_id=offer_id, unit_id=unit_id, person_id=person_id, amount=amount, state=state)
    made.together = [Partner(unit_id=partner) for partner in partners]
    db.add(made)
    need.left -= amount
    _settle(db, need)
    lists.tell_of_claim(db, need, made, unit, partners)
    return made


def accept(db: Session, claim_id: UUID) -> Claim:
    """A clerk lets them fulfil the wish: from now on they see whose it is."""
    made, need = _both(db, claim_id)
    expect(made, "asked")
    made.state = "open"
    _settle(db, need)
    tell(db, ClaimAccepted, need, made, claim_id=made.id)
    return made


def join(db: Session, claim_id: UUID, *, units: frozenset[UUID], agrees: bool) -> Claim:
    """A unit that was asked to take part says whether it does."""
    made, _ = _both(db, claim_id)
    expect(made, "asked", "open")
    asked = [partner for partner in made.together if partner.unit_id in units]
    if not asked:
        raise Forbidden
    for partner in asked:
        partner.agrees = agrees
    db.flush()
    return made


def deliver(db: Session, claim_id: UUID) -> Claim:
    """It is done; whoever needed it is asked for their word."""
    made, need = _both(db, claim_id)
    expect(made, "open")
    made.state, made.delivered_at = "delivered", now()
    _settle(db, need)
    tell(db, NeedDelivered, need, claim_id=made.id, wish=need.kind == "wish")
    return made


def withdraw(db: Session, claim_id: UUID, *, reason: str) -> Claim:
    """Give back what was taken on: it is free for others."""
    made, need = _both(db, claim_id)
    expect(made, "asked", "open")
    _give_back(db, need, made, reason)
    tell(db, ClaimGivenBack, need, need, claim_id=made.id, claimer=_name(db, made), reason=reason)
    return made


def drop_all(db: Session, need: Need, *, reason: str) -> Sequence[Claim]:
    """Let go of what is still held of a need that is over; the caller holds its lock, and tells them."""
    held = db.scalars(select(Claim).where(Claim.need_id == need.id, Claim.state.in_(("asked", "open")))).all()
    for made in held:
        _give_back(db, need, made, reason)
    db.execute(update(Match).where(Match.need_id == need.id, Match.state == "proposed").values(state="declined"))
    return held


def confirm_all(db: Session, need: Need) -> Sequence[Claim]:
    """What was delivered is confirmed; what was not is given back."""
    drop_all(db, need, reason="closed")
    done = db.scalars(select(Claim).where(Claim.need_id == need.id, Claim.state == "delivered")).all()
    if not done:
        raise NotNow(state=need.state, allowed=["delivered"])
    for made in done:
        made.state = "confirmed"
    return done


def seen(db: Session, claim_id: UUID, asker: Asker) -> Claim:
    """The claim, if they see its need."""
    made = find(db, Claim, claim_id)
    lists.seen(db, Need, made.need_id, asker)
    return made


def own(db: Session, claim_id: UUID, asker: Asker) -> Claim:
    """The claim, if it is theirs or they are a clerk."""
    made = seen(db, claim_id, asker)
    if not (asker.clerk or is_mine(made, asker)):
        raise Forbidden
    return made


def is_mine(made: Claim, asker: Asker) -> bool:
    return made.unit_id in asker.units or (made.person_id is not None and made.person_id == asker.person_id)


def _both(db: Session, claim_id: UUID) -> tuple[Claim, Need]:
    """A claim and its need, both locked; the need first, as everybody does."""
    need = locked(db, Need, find(db, Claim, claim_id).need_id)
    return locked(db, Claim, claim_id), need


def _expect_free(need: Need, amount: int) -> None:
    if need.state not in ("claimed", "met"):
        expect(need, "published")
    if amount > need.left:
        raise OnlyLeft(left=need.left)


def _partners(db: Session, codes: Sequence[str], unit_id: UUID | None) -> list[UUID]:
    known = {unit.code: unit.unit_id for unit in db.scalars(select(Unit).where(Unit.active, Unit.code.in_(codes)))}
    if missing := sorted(set(codes) - known.keys()):
        raise Invalid(errors={"together": [{"code": "unknown", "values": missing}]})
    return sorted(set(known.values()) - {unit_id})


def _take_from_offer(
    db: Session, need: Need, offer_id: UUID | None, amount: int, unit_id: UUID | None, person_id: UUID | None
) -> None:
    if offer_id is None:
        return
    offer = db.get(Offer, offer_id, with_for_update=True, populate_existing=True)
    if offer is None or offer.state != "published" or (offer.unit_id, offer.person_id) != (unit_id, person_id):
        raise Invalid(errors={"offer_id": ["unknown"]})
    if amount > offer.left:
        raise OnlyLeft(left=offer.left, of="offer")
    offer.left -= amount
    taken = update(Match).where(Match.need_id == need.id, Match.offer_id == offer_id)
    db.execute(taken.values(state="taken"))


def _give_back(db: Session, need: Need, made: Claim, reason: str) -> None:
    made.state, made.reason = "withdrawn", reason
    need.left += made.amount
    if made.offer_id:
        locked(db, Offer, made.offer_id).left += made.amount
        taken = update(Match).where(Match.need_id == need.id, Match.offer_id == made.offer_id, Match.state == "taken")
        db.execute(taken.values(state="declined"))
    _settle(db, need)


def _settle(db: Session, need: Need) -> None:
    """The state that its claims give a need that is on the list."""
    db.flush()
    waiting = select(Claim.id).where(Claim.need_id == need.id, Claim.state.in_(("asked", "open"))).limit(1)
    if need.left:
        need.state = "published"
    else:
        need.state = "claimed" if db.scalar(waiting) else "met"
    db.flush()
    projects.follow(db, need)


def _name(db: Session, made: Claim) -> str | None:
    unit: Any = db.get(Unit, made.unit_id) if made.unit_id else None
    return unit.name if unit else None
