"""What the routes of needs and offers have in common: narrowing a list, and a line as an answer."""

from typing import Any

from flask import g
from sqlalchemy import Select, or_, select

from services.events.domain import lists
from services.events.domain.scope import Asker
from services.events.models import Unit
from services.events.routes.asking import asker
from shared.audit import record
from shared.auth import actor


def words_of(words: dict[str, Any]) -> dict[str, Any]:
    """The words of a line as the tables have them."""
    place = words.pop("place") or {}
    return words | {step: place.get(step) for step in ("compound", "building", "entrance")}


def owned(words: dict[str, Any]) -> dict[str, Any]:
    """The same, with whose line it becomes."""
    whose = {"unit": words.pop("unit"), "for_me": words.pop("for_me")}
    return words_of(words) | lists.owner(g.db, asker(), **whose) | {"written_by": actor().person_id}


def narrowed(model: Any, who: Asker, *, mine: bool = False, **wanted: Any) -> Select[Any]:
    """The lines that they see, of those that they want."""
    query = select(model).where(lists.own(model, who) if mine else lists.visible(model, who))
    for name in ("kind", "what", "compound", "state"):
        if name in wanted:
            query = query.where(getattr(model, name) == wanted[name])
    if "skill" in wanted:
        query = query.where(model.skills.contains([wanted["skill"]]))
    if "unit" in wanted:
        query = query.where(model.unit_id.in_(select(Unit.unit_id).where(Unit.code == wanted["unit"])))
    if "q" in wanted:
        found = (column.icontains(wanted["q"], autoescape=True) for column in (model.title, model.text))
        query = query.where(or_(*found))
    return query


def noted(done: str, row: Any, kind: str, **facts: Any) -> None:
    """Write into the audit log that this was done to it."""
    unit_id = row.unit_id if getattr(row, "unit_id", None) in actor().units() else None
    record(g.db, f"events.{kind}_{done}", kind, row.id, on_behalf_of=unit_id, state=row.state, **facts)
