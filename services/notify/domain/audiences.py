"""From a rule's audience to people, in two steps.

A rule names facts: {"field": "leader_ids"}, {"role": "duty"}, {"audience": "audience"}, {"unit_officers": "unit_id"},
{"unit_webhook": "unit_id"}, {"told": "sos_id"}, {"ladder": [...], "but": "person_id"}. A fact that is a list of units
makes a part of each. resolve() puts an event's values in, which gives documents that a ladder can keep for later;
readers() makes a query of them.

To build and compile that query costs more than to answer it, and alarms wait for it. So it is made once for all parts
of the same shape, whoever is in them: compiled() gives its text, and facts() what is to be put in.
"""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql.psycopg import dialect

from services.notify.models import Message, Person, grants
from shared.audience import in_audience

#: Who stands in when nobody holds a role: an alarm must not ring in an empty room.
STAND_INS = {"duty": ("duty", "clerk", "secretary"), "clerk": ("clerk", "secretary")}

#: People who are reached because they see to things: they hear of a team key's activity although they are elsewhere.
OFFICES = ("role", "officers_of")

Part = dict[str, Any]

#: What differs from event to event: the query has a name in its place.
LISTS, SINGLE = ("ids", "but"), ("officers_of", "told", "unit_id")


def resolve(expression: list[dict], event: Any) -> list[Part]:
    """The parts of an audience with this event's values in place of the names of facts; ladders are left out."""
    parts = (each for part in expression if "ladder" not in part for each in _each(part, event))
    return [_limited(part, event) for part in parts]


def rings(expression: list[dict], event: Any) -> list[list[Part]]:
    """The rings of the ladder in an audience, each an audience of its own; [] without a ladder."""
    for part in expression:
        if "ladder" in part:
            but = _ids(getattr(event, part["but"])) if "but" in part else []
            return [[{**_limited(_resolved(ring, event), event), "but": but}] for ring in part["ladder"]]
    return []


def readers(parts: list[Part]) -> Select:
    """person_id, language and role of everybody in these parts; whoever is in several is there by the first."""
    return _query(shape(parts)).params(facts(parts))


def shape(parts: list[Part]) -> bytes:
    """These parts with names in place of facts."""
    named = [part | {name: f"{name}_{rank}" for name in _facts_in(part)} for rank, part in enumerate(parts)]
    return orjson.dumps(named, option=orjson.OPT_SORT_KEYS)


def facts(parts: list[Part]) -> dict[str, Any]:
    """The facts of these parts by those names."""
    found = {}
    for rank, part in enumerate(parts):
        for name in _facts_in(part):
            value = part[name]
            found[f"{name}_{rank}"] = [UUID(each) for each in value] if name in LISTS else UUID(value)
    return found


def compiled(shape: bytes) -> tuple[str, dict[str, Any]]:
    """The text of the query for parts of this shape, with %(name)s, and what it contains that is no fact."""
    made = _query(shape).compile(dialect=dialect(), compile_kwargs={"render_postcompile": True})
    return str(made), dict(made.params)


def _facts_in(part: Part) -> list[str]:
    return [name for name in (*LISTS, *SINGLE) if name in part]


def _query(shape: bytes) -> Select:
    queries = [
        select(
            Person.person_id,
            case((Person.language == "en", "en"), else_="zh").label("language"),
            literal(part["as"]).label("role"),
            literal(rank).label("rank"),
        ).where(Person.active, condition(part))
        for rank, part in enumerate(orjson.loads(shape))
        if "webhook_of" not in part
    ]
    if not queries:
        return select(Person.person_id, Person.language, literal("").label("role")).where(false())
    found = union_all(*queries).subquery()
    first = select(found.c.person_id, found.c.language, found.c.role).ext(distinct_on(found.c.person_id))
    return first.order_by(found.c.person_id, found.c.rank)


def roles(parts: list[Part]) -> list[str]:
    """The roles that are asked as such: their group chats hear it too."""
    return [part["role"] for part in parts if "role" in part and part.get("reach") != "guests"]


def webhooks(parts: list[Part]) -> list[UUID]:
    """The units whose own servers are told."""
    return [UUID(part["webhook_of"]) for part in parts if "webhook_of" in part]


def condition(part: Part) -> ColumnElement[bool]:
    """Who is in a part, of which we know the shape."""
    found = _members_of(part)
    if part.get("but"):
        found = and_(found, not_(_is_any(Person.person_id, part["but"])))
    if part.get("reach") == "guests":
        return and_(found, Person.person_id.in_(_holders("liaison", part["unit_id"])))
    if part.get("reach") == "unit" and not any(office in part for office in OFFICES):
        return and_(found, Person.unit_id == _named(part["unit_id"]))
    return found


def _members_of(part: Part) -> ColumnElement[bool]:
    if "ids" in part:
        return _is_any(Person.person_id, part["ids"])
    if "role" in part:
        return Person.person_id.in_(_holders(part["role"]))
    if "within" in part:
        return in_audience(Person, part["within"])
    if "officers_of" in part:
        return Person.person_id.in_(_holders("liaison", part["officers_of"]))
    return Person.person_id.in_(select(Message.person_id).where(Message.thread == _named(part["told"])))


def _each(part: dict, event: Any) -> list[Part]:
    """A part; of several units (unit_officers, unit_webhook), one of each."""
    [(how, what)] = part.items()
    value = getattr(event, what, None) if how in ("unit_officers", "unit_webhook") else None
    if not isinstance(value, list):
        return [_resolved(part, event)]
    return [_resolved(part, SimpleNamespace(**{what: unit_id})) for unit_id in value]


def _resolved(part: dict, event: Any) -> Part:
    [(how, what)] = part.items()
    if how == "role":
        return {"role": what, "as": what}
    value = getattr(event, what)
    if how == "field":
        return {"ids": _ids(value), "as": what}
    if how == "audience":
        return {"within": value, "as": "audience"}
    return {
        "unit_officers": {"officers_of": str(value), "as": "unit_officers"},
        "unit_webhook": {"webhook_of": str(value), "as": "unit_webhook"},
        "told": {"told": str(value), "as": "told"},
    }[how]


def _limited(part: Part, event: Any) -> Part:
    """How far an event reaches by the kind of key that it came with."""
    reach = getattr(event, "reach", "all")
    return part if reach == "all" else {**part, "reach": reach, "unit_id": str(event.unit_id)}


def _holders(role: str, unit_id: str | None = None) -> Select:
    now = func.now()
    holds = and_(now >= grants.c.valid_from, or_(grants.c.valid_until.is_(None), now < grants.c.valid_until))
    of_unit = grants.c.unit_id == _named(unit_id) if unit_id else true()
    order = STAND_INS.get(role)
    if not order:
        return select(grants.c.person_id).where(grants.c.role == role, holds, of_unit)
    rank = case({name: number for number, name in enumerate(order)}, value=grants.c.role)
    present = Person.person_id == grants.c.person_id
    first = select(func.min(rank)).where(grants.c.role.in_(order), holds, present, Person.active).correlate(None)
    return select(grants.c.person_id).where(holds, rank == first.scalar_subquery())


def _is_any(column: Any, ids: str) -> ColumnElement[bool]:
    return column == any_(bindparam(ids, required=False, type_=ARRAY(Uuid)))


def _named(name: str) -> BindParameter[UUID]:
    return bindparam(name, required=False, type_=Uuid())


def _ids(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each]
