"""Members: found, looked at, registered, moved."""

from typing import Any
from uuid import UUID

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import ColumnElement, false, select, true

from services.members.domain import erasing, facts, people, search
from services.members.domain.search import Found
from services.members.models import Person
from services.members.schemas.people import MoveIn, PeopleQuery, PersonIn, PersonItem, PersonOut
from shared import phones
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.db import locked
from shared.errors import NotFound
from shared.page import page, paged
from shared.web import IF_MATCH, match

bp = Blueprint("people", __name__, description="Members with their two homes: unit and community")


@bp.get("/people")
@needs("clerk", "liaison", scope="people:read")
@bp.arguments(PeopleQuery, location="query")
@bp.response(200, paged(PersonItem))
def find_people(asked):
    """Members, by number; a liaison officer and a unit's key see their own unit only."""
    cursor, limit = asked.pop("cursor"), asked.pop("limit")
    query = select(Found.id).where(_visible(Found.unit_id), *search.conditions(g.db, **asked))
    found = page(g.db, query, [Found.number, Found.id], cursor=cursor, limit=limit)
    return {"items": [_shown(row) for row in facts.of(g.db, found["items"])], "next": found["next"]}


@bp.get("/people/<uuid:person_id>")
@needs(PERSON, scope="people:read")
@bp.response(200, PersonOut)
def one_person(person_id):
    """A member; number and address in full only for themselves and for clerks."""
    seen = g.db.scalar(
        select(Person.id).where(Person.id == person_id, _visible(Person.unit_id) | (Person.id == actor().person_id))
    )
    if seen is None:
        raise NotFound
    if _in_full(person_id) and actor().person_id != person_id:
        record(g.db, "members.person_read_in_full", "person", person_id)
    return _described(person_id)


@bp.put("/people/<uuid:person_id>")
@needs("clerk")
@bp.arguments(PersonIn)
@bp.response(200, PersonOut)
@bp.doc(parameters=[{**IF_MATCH, "required": False}])
def put_person(wish, person_id):
    """Register a member under this id, or correct the record; a new unit or place counts from today."""
    if person := g.db.get(Person, person_id, with_for_update=True):
        match(person)
        erasing.refuse_erased(g.db, person_id)
    people.put(g.db, person_id, **wish)
    record(g.db, "members.person_changed" if person else "members.person_registered", "person", person_id)
    return _described(person_id)


@bp.post("/people/<uuid:person_id>/move")
@needs("clerk")
@bp.arguments(MoveIn)
@bp.response(200, PersonOut)
def move_person(wish, person_id):
    """Let a member have another home or live elsewhere, from any day on."""
    erasing.refuse_erased(g.db, person_id)
    people.move(g.db, person_id, **wish)
    record(g.db, "members.person_moved", "person", person_id)
    return _described(person_id)


@bp.delete("/people/<uuid:person_id>")
@needs("secretary")
@bp.response(204)
@bp.doc(parameters=[IF_MATCH])
def erase_person(person_id):
    """Forget a member who asked for it: who they were goes in every service, what was counted stays. No way back."""
    match(locked(g.db, Person, person_id))
    erasing.erase(g.db, person_id, by=actor().person_id)
    record(g.db, "members.person_erased", "person", person_id)


def _visible(home: Any) -> ColumnElement[bool]:
    if actor().has("clerk"):
        return true()
    units: set[UUID] = actor().units("liaison")
    return home.in_(units) if units else false()


def _in_full(person_id: UUID) -> bool:
    return actor().has("clerk") or actor().person_id == person_id


def _described(person_id: UUID) -> dict:
    [row] = facts.of(g.db, [person_id])
    g.etag = f'"v{row["version"]}"'
    in_full = _in_full(person_id)
    phone = phones.shown(row["phone"]) if row["phone"] and in_full else None
    return {**_shown(row), "phone": phone, "email": row["email"] if in_full else None} | {
        name: row[name] for name in ("language", "version")
    }


def _shown(row: dict) -> dict:
    return {
        **{name: row[name] for name in ("id", "number", "name", "category", "skills", "groups", "active")},
        "phone_masked": phones.masked(row["phone"]) if row["phone"] else None,
        "unit": facts.unit_of(row),
        "place": facts.place_of(row),
        "zone": row["zone_code"],
    }
