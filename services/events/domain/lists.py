"""Who sees what of the lists, for whom somebody writes on them, and who is told of a line."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session, joinedload

from services.events.domain.scope import Asker, unit_of
from services.events.models import Claim, Label, Need, Offer, Unit
from shared.db import locked
from shared.errors import Forbidden, Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.event import Event
from shared.schemas.events import NeedClaimed


class NotNow(Problem):
    """That cannot be done in the state in which this is."""


class OnlyLeft(Problem):
    """Less than that is left."""


#: A line of either list.
Line = Need | Offer
T = TypeVar("T", Need, Offer)


def expect(line: Any, *allowed: str) -> None:
    if line.state not in allowed:
        raise NotNow(state=line.state, allowed=list(allowed))


def own(model: Any, asker: Asker) -> ColumnElement[bool]:
    """Lines of the units that they act for, their own, and (of needs) what they wrote for somebody."""
    found = [model.unit_id.in_(asker.units)]
    if asker.person_id:
        found += [model.person_id == asker.person_id]
        found += [(model.written_by == asker.person_id) & model.unit_id.is_(None)] if model is Need else []
    return or_(*found)


def visible(model: Any, asker: Asker) -> ColumnElement[bool]:
    """All for clerks, one's own in any state, for everybody what was published."""
    return true() if asker.clerk else or_(own(model, asker), model.published_at.is_not(None))


def seen(db: Session, model: type[T], line_id: UUID, asker: Asker) -> T:
    """The line, if they see it."""
    query = select(model).options(joinedload(model.unit)).where(model.id == line_id, visible(model, asker))
    if (line := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return line


def mine(line: Line, asker: Asker) -> bool:
    return line.unit_id in asker.units if line.unit_id else _is_persons(line, asker)


def mark(line: Line, asker: Asker) -> None:
    """Write on a line whether it is theirs, and whether they may know exactly where it is."""
    line.mine = mine(line, asker)
    line.precise = asker.clerk or line.mine


def to_change(db: Session, model: type[T], line_id: UUID, asker: Asker) -> T:
    """The line, locked, if it is theirs or they are a clerk."""
    line = seen(db, model, line_id, asker)
    if not (asker.clerk or mine(line, asker)):
        raise Forbidden
    return locked(db, model, line_id)


def own_or_clerk(line: Line, asker: Asker) -> None:
    if not (asker.clerk or mine(line, asker)):
        raise Forbidden


def own_or_clerk_of_either(need: Need, offer: Offer, asker: Asker) -> None:
    if not mine(need, asker):
        own_or_clerk(offer, asker)


def refuse_on_behalf(asker: Asker, on_behalf: bool) -> None:
    """Only the desk, and officers of units, write for somebody who has no account."""
    if on_behalf and not (asker.clerk or asker.units):
        raise Forbidden


def refuse_wish(kind: str) -> None:
    """A wish has a personal part, and a check: it comes another way."""
    if kind == "wish":
        raise Invalid(errors={"kind": ["make_a_wish"]})


def keep_kind(line: Line, kind: str) -> None:
    """A wish stays one, and nothing becomes one."""
    if (line.kind == "wish") != (kind == "wish"):
        raise Invalid(errors={"kind": ["make_a_wish"]})


def owner(db: Session, asker: Asker, *, unit: str | None, for_me: bool) -> dict[str, UUID | None]:
    """Whose line it becomes: a unit's for which they act, or their own."""
    if for_me or (unit is None and not asker.units):
        return {"unit_id": None, "person_id": asker.person_id}
    return {"unit_id": unit_of(db, asker, unit).unit_id, "person_id": None}


def check(db: Session, line: dict[str, Any]) -> None:
    """What form alone does not tell: the order of times, and that the compound is one of ours."""
    errors: dict[str, list] = {}
    if _ends_first(line["from_at"], line["until_at"]):
        errors["until"] = ["ends_before_start"]
    known = select(Label.code).where(Label.kind == "place", Label.active, Label.code == line["compound"])
    if line["compound"] and db.scalar(known) is None:
        errors["place.compound"] = [{"code": "unknown", "values": [line["compound"]]}]
    if errors:
        raise Invalid(errors=errors)


def change(line: Line, **words: Any) -> None:
    """Put new words on a line; what is taken stays taken."""
    taken = line.amount - line.left
    if words["amount"] < taken:
        raise Invalid(errors={"amount": [{"code": "taken", "min": taken}]})
    for name, value in words.items():
        setattr(line, name, value)
    line.left = line.amount - taken


def tell(db: Session, event: type[Event], need: Need, *told: Any, nobody: bool = False, **facts: Any) -> None:
    """Publish *event* about a need to the owners of these lines and claims (of the need itself if none is given)."""
    units, people = ([], []) if nobody else owners(*(told or (need,)))
    publish(db, event, subject=need.id, need_id=need.id, title=need.title, unit_ids=units, person_ids=people, **facts)


def owners(*told: Any) -> tuple[list[UUID], list[UUID]]:
    """Units and people to whom these belong, each once."""
    units = sorted({each.unit_id for each in told if each.unit_id})
    people = sorted({each.person_id for each in told if each.person_id})
    return units, people


def tell_of_claim(db: Session, need: Need, claim: Claim, unit: Unit | None, asked: list[UUID]) -> None:
    facts: dict[str, Any] = {"claimer": unit.name if unit else None, "amount": claim.amount, "left": need.left}
    tell(db, NeedClaimed, need, claim_id=claim.id, to_accept=claim.state == "asked", asked_unit_ids=asked, **facts)


def _is_persons(line: Line, asker: Asker) -> bool:
    writer = line.written_by if isinstance(line, Need) and line.person_id is None else None
    return asker.person_id is not None and asker.person_id in (line.person_id, writer)


def _ends_first(from_at: datetime | None, until_at: datetime | None) -> bool:
    return from_at is not None and until_at is not None and until_at <= from_at
