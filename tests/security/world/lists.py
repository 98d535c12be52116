"""What stands on the three lists: of a unit, and what it takes on of others."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events import models as events
from shared.crypto import hashed, new_token
from shared.db import now

LINE: dict[str, Any] = {
    "kind": "goods", "title": "桌椅", "text": "", "skills": [], "times": [], "amount": 5, "left": 5,
    "measure": "pieces",
}  # fmt: skip


def of_unit(db: Session, unit_id: UUID) -> dict[str, UUID]:
    """A unit's needs, offers and project; what it takes on, and what another one asks it to take part in."""
    need, draft = _line(db, events.Need, "published", unit_id), _line(db, events.Need, "draft", unit_id)
    offer, offer_draft = _line(db, events.Offer, "published", unit_id), _line(db, events.Offer, "draft", unit_id)
    delivered = _line(db, events.Need, "met", unit_id)
    residents = _line(db, events.Need, "published", None)
    wish, accepted, asked = _wish(db), _wish(db), _wish(db)
    _claim(db, delivered, events.Claim(person_id=UUID(int=7), state="delivered"))
    claim = _claim(db, _line(db, events.Need, "published", None), events.Claim(unit_id=unit_id, state="open"))
    _claim(db, accepted, events.Claim(unit_id=unit_id, state="open"))
    to_accept = _claim(db, asked, events.Claim(person_id=UUID(int=7), state="asked"))
    together = _claim(db, residents, events.Claim(person_id=UUID(int=7), state="open"))
    project = events.Project(unit_id=unit_id, title="修亭子", steps=[])
    db.add_all([events.Partner(claim_id=together, unit_id=unit_id), project])
    match = events.Match(need_id=need, offer_id=offer, why=[], ordering=[])
    db.add(match)
    db.flush()
    return {
        "need": need, "need_draft": draft, "offer": offer, "offer_draft": offer_draft, "delivered_need": delivered,
        "residents_need": residents, "wish": wish, "accepted_wish": accepted, "claim": claim, "wish_claim": to_accept,
        "claim_to_join": together, "project": project.id, "match": match.id,
    }  # fmt: skip


def slip(db: Session) -> str:
    """The link of a wish that was delivered."""
    link, need_id = new_token(), _wish(db)
    db.get_one(events.Wish, need_id).link = hashed(link)
    _claim(db, need_id, events.Claim(person_id=UUID(int=7), state="delivered"))
    return link


def _line(db: Session, model: type, state: str, unit_id: UUID | None, **facts: Any) -> UUID:
    published_at = None if state == "draft" else now()
    made = model(**LINE | {"state": state, "unit_id": unit_id, "published_at": published_at} | facts)
    db.add(made)
    db.flush()
    return made.id


def _wish(db: Session) -> UUID:
    need_id = _line(db, events.Need, "published", None, kind="wish")
    db.add(events.Wish(need_id=need_id, whose={"name": "贾宝玉"}))
    db.flush()
    return need_id


def _claim(db: Session, need_id: UUID, claim: events.Claim) -> UUID:
    claim.need_id, claim.amount = need_id, 1
    db.get_one(events.Need, need_id).left -= 1
    db.add(claim)
    db.flush()
    return claim.id
