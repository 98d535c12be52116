"""Verbs of the three lists: somebody needs, somebody offers, somebody takes it on."""

from typing import Any
from uuid import uuid4

import pytest

from services.events.domain import claims, needs, offers, wishes
from services.events.domain.scope import Asker
from services.events.models import Claim, Need, Offer, Person, Unit

DESK = Asker(clerk=True)
NOWHERE: dict[str, Any] = {"compound": None, "building": None, "entrance": None}
LINE: dict[str, Any] = {
    "kind": "goods", "title": "桌椅", "text": "", "what": "furniture", "skills": [], "from_at": None, "until_at": None,
    "times": [], "amount": 5, "measure": "pieces", "unit_id": None, "person_id": None,
}  # fmt: skip


@pytest.fixture
def compounds(labels):
    """Two compounds exist."""
    labels("place", "C1", "C2")


@pytest.fixture
def need(db, unit, compounds):
    """Call it to let a unit need something; it stands on the list."""

    def need(of: Unit | None = None, *, publish: bool = True, **facts: Any) -> Need:
        whole = LINE | NOWHERE | {"unit_id": (of or unit(f"N{uuid4().hex[:6]}")).unit_id} | facts
        made = needs.write(db, written_by=None, **whole)
        if publish:
            needs.publish(db, made.id, asker=DESK)
        db.commit()
        return made

    return need


@pytest.fixture
def offer(db, unit, compounds):
    """Call it to let a unit offer something; it stands on the list."""

    def offer(of: Unit | None = None, *, publish: bool = True, **facts: Any) -> Offer:
        whole = LINE | NOWHERE | {"unit_id": (of or unit(f"F{uuid4().hex[:6]}")).unit_id} | facts
        made = offers.write(db, written_by=None, **whole)
        if publish:
            offers.publish(db, made.id)
        db.commit()
        return made

    return offer


@pytest.fixture
def wish(db):
    """Call it to let a resident without an account wish for something, which a clerk published."""

    def wish(
        title: str = "一台收音机", text: str = "想听听戏。", *, publish: bool = True, by: Person | None = None
    ) -> Need:
        words = LINE | NOWHERE | {"kind": "wish", "title": title, "text": text, "amount": 1, "what": "appliances"}
        made = needs.write(db, written_by=by.person_id if by else None, **words)
        wishes.write(db, made, whose={"name": "贾宝玉", "phone": "13900000001", "where": "3号楼2单元501"})
        if publish:
            needs.publish(db, made.id, asker=DESK)
        db.commit()
        return made

    return wish


@pytest.fixture
def take(db, unit):
    """Call it to let a unit take on a need, or a part of it."""

    def take(what: Need, amount: int = 1, *, by: Unit | None = None, **facts: Any) -> Claim:
        made = claims.claim(db, what.id, amount=amount, unit_id=(by or unit(f"T{uuid4().hex[:6]}")).unit_id, **facts)
        db.commit()
        return made

    return take


def words(**facts: Any) -> dict[str, Any]:
    """What somebody would send of a need, or an offer."""
    return {"kind": "goods", "title": "桌椅", "what": "furniture", "amount": 5} | facts
