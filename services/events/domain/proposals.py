"""Matches that are proposed to both sides, with their reasons, and what becomes of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, literal_column
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import lists, matching
from services.events.models import Match, Need, Offer
from shared.db import locked
from shared.schemas.events import NeedMatched

#: Postgres writes 0 here for a row that was not there before.
IS_NEW: ColumnElement[bool] = literal_column("(xmax = 0)")


def for_need(db: Session, need_id: UUID) -> int:
    """Look for offers that could meet a need; how many are new."""
    need = locked(db, Need, need_id)
    if need.state != "published":
        return 0
    known = matching.read(need)
    return _propose(db, need, [(row, matching.why(known, row, row), row) for row in matching.offers_for(db, known)])


def for_offer(db: Session, offer_id: UUID) -> int:
    """Look for needs that an offer could meet; how many are new."""
    offer = db.get(Offer, offer_id)
    if offer is None or offer.state != "published":
        return 0
    known = matching.read(offer)
    found = sorted(matching.needs_for(db, known), key=lambda row: row.id)  # so that two of us never wait for each other
    return sum(_propose(db, locked(db, Need, row.id), [(known, matching.why(row, known, row), row)]) for row in found)


def decline(db: Session, match_id: UUID) -> Match:
    """One of the two sides says that it is none."""
    match = locked(db, Match, match_id)
    lists.expect(match, "proposed")
    match.state = "declined"
    db.flush()
    return match


def _propose(db: Session, need: Need, found: Sequence[tuple[Any, list[dict[str, Any]], Row]]) -> int:
    """Write down what was found and why; tell both sides of what is new. A match that was declined stays so."""
    rows = [
        {"need_id": need.id, "offer_id": offer.id, "why": why, "ordering": matching.ordering(row), "state": "proposed"}
        for offer, why, row in found
    ]
    if not rows:
        return 0
    fresh = insert(Match).values(rows)
    renewed = {"why": fresh.excluded.why, "ordering": fresh.excluded.ordering}
    upsert = fresh.on_conflict_do_update(constraint="matches_once", set_=renewed)
    new = {offer_id for offer_id, is_new in db.execute(upsert.returning(Match.offer_id, IS_NEW)) if is_new}
    _tell(db, need, [offer for offer, _, _ in found if offer.id in new])
    return len(new)


def _tell(db: Session, need: Need, offers: Sequence[Any]) -> None:
    if not offers:
        return
    units, people = lists.owners(*offers)
    facts: dict[str, Any] = {"offers": len(offers), "offering_unit_ids": units, "offering_person_ids": people}
    lists.tell(db, NeedMatched, need, **facts)
