"""What becomes of the lists when a unit leaves the committee, or a member does."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from services.events.domain import claims, needs, offers
from services.events.models import Claim, Clearance, Need, Offer, Partner, Support, Wish

LEFT = "left"


def let_units_go(db: Session, unit_ids: Sequence[UUID]) -> None:
    """Their offers come off the list, what they took on is free again, their needs are taken back; others are told."""
    if unit_ids:
        _let_go(db, Offer.unit_id.in_(unit_ids), Claim.unit_id.in_(unit_ids), Need.unit_id.in_(unit_ids))
        db.execute(update(Partner).where(Partner.unit_id.in_(unit_ids)).values(agrees=False))


def let_people_go(db: Session, person_ids: Sequence[UUID]) -> None:
    """The same for members."""
    if person_ids:
        _let_go(db, Offer.person_id.in_(person_ids), Claim.person_id.in_(person_ids), Need.person_id.in_(person_ids))


def forget_person(db: Session, person_id: UUID) -> None:
    """Nothing says any more that it was they who needed, wrote, supported; what was counted stays counted."""
    let_people_go(db, [person_id])
    wishes = select(Need.id).where(Need.person_id == person_id)
    db.execute(delete(Wish).where(Wish.need_id.in_(wishes)))
    db.execute(delete(Clearance).where(Clearance.need_id.in_(wishes)))
    db.execute(update(Support).where(Support.person_id == person_id).values(person_id=None))
    for model in (Need, Offer):
        theirs = or_(model.person_id == person_id, model.written_by == person_id, model.worded_by == person_id)
        db.execute(update(model).where(theirs).values(written_by=None, worded_by=None))


def _let_go(db: Session, of_offer: ColumnElement, of_claim: ColumnElement, of_need: ColumnElement) -> None:
    for claim_id in db.scalars(
        select(Claim.id).where(of_claim, Claim.state.in_(("asked", "open"))).order_by(Claim.need_id)
    ):
        claims.withdraw(db, claim_id, reason=LEFT)
    for offer_id in db.scalars(select(Offer.id).where(of_offer, Offer.state != "withdrawn").order_by(Offer.id)):
        offers.withdraw(db, offer_id, reason=LEFT)
    open_ones = select(Need.id).where(of_need, Need.state.not_in(("closed", "withdrawn"))).order_by(Need.id)
    for need_id in db.scalars(open_ones):
        needs.withdraw(db, need_id, reason=LEFT)
