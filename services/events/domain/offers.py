"""The life of an offer: written, published, taken back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.events.domain import lists
from services.events.domain.lists import expect
from services.events.domain.scope import Asker
from services.events.models import Claim, Match, Offer
from shared import outbox
from shared.db import locked, now
from shared.schemas.events import OfferPublished

CARRIED = ("asked", "open")


def write(db: Session, *, written_by: UUID | None, **words: Any) -> Offer:
    """An offer as a draft."""
    lists.check(db, words)
    offer = Offer(written_by=written_by, worded_by=written_by, left=words["amount"], **words)
    db.add(offer)
    db.flush()
    return offer


def edit(db: Session, offer_id: UUID, **words: Any) -> Offer:
    """Change an offer; needs that it could meet now are looked for anew."""
    offer = locked(db, Offer, offer_id)
    expect(offer, "draft", "published")
    lists.check(db, words)
    lists.change(offer, **words)
    db.flush()
    if offer.state == "published":
        _look_for_needs(db, offer)
    return offer


def publish(db: Session, offer_id: UUID) -> Offer:
    """Put it on the list."""
    offer = locked(db, Offer, offer_id)
    expect(offer, "draft")
    offer.state, offer.published_at = "published", now()
    db.flush()
    _look_for_needs(db, offer)
    return offer


def withdraw(db: Session, offer_id: UUID, *, reason: str) -> Offer:
    """Take it off the list. What was already promised of it stays promised."""
    offer = locked(db, Offer, offer_id)
    expect(offer, "draft", "published")
    offer.state, offer.reason = "withdrawn", reason
    proposed = update(Match).where(Match.offer_id == offer.id, Match.state == "proposed")
    db.execute(proposed.values(state="declined"))
    db.flush()
    return offer


def counted(db: Session, offers: Iterable[Offer], asker: Asker) -> list[Offer]:
    """Write on each offer what its unit carries already, and whether it is theirs: one query for all."""
    rows = list(offers)
    units = {offer.unit_id for offer in rows if offer.unit_id}
    load = select(Claim.unit_id, func.count()).where(Claim.unit_id.in_(units), Claim.state.in_(CARRIED))
    carried = dict(db.execute(load.group_by(Claim.unit_id)).all()) if units else {}
    for offer in rows:
        offer.load = carried.get(offer.unit_id, 0) if offer.unit_id else 0
        lists.mark(offer, asker)
    return rows


def _look_for_needs(db: Session, offer: Offer) -> None:
    outbox.publish(db, OfferPublished, subject=offer.id, offer_id=offer.id)
