"""What members tells the other services, in pieces that they can take at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.members.domain import facts
from services.members.domain.days import today
from services.members.models import Unit
from services.members.models.units import GROUP_KINDS
from shared.db import now
from shared.outbox import publish
from shared.schemas import members

T = TypeVar("T")

PIECE = 100
SAME = ("name", "unit_id", "unit_code", "unit_name", "zone_code", "skills", "language", "phone", "email", "changed_at")

#: What an audience can be made of: compounds, zones in their compounds, groups.
LABELS = text("""
    SELECT 'place' AS kind, code, name, NULL AS parent_code, true AS active FROM members.places WHERE id = ANY (:places)
        AND kind = 'compound'
    UNION ALL
    SELECT CASE WHEN n.kind = 'zone' THEN 'zone' ELSE 'group' END, n.code, n.name,
           (SELECT min(c.code) FROM members.org_nodes o JOIN members.node_places x ON x.node_id = o.id
            JOIN members.places i ON i.id = x.place_id JOIN members.places c ON c.path @> i.path AND c.kind = 'compound'
            WHERE o.path @> n.path AND n.kind = 'zone'),
           n.valid_until IS NULL OR n.valid_until > :day
    FROM members.org_nodes n WHERE n.id = ANY (:nodes) AND n.kind = ANY (:kinds)
""")

#: People of whom something is said otherwise because their unit's name, a node above them or a post changed.
TOUCHED = text("""
    UPDATE members.people p SET changed_at = :moment WHERE p.active AND (
        p.unit_id = ANY (:units) OR p.id = ANY (:heads) OR EXISTS (
            SELECT FROM members.memberships m JOIN members.org_nodes n ON n.id = m.node_id
            JOIN members.org_nodes o ON o.path @> n.path
            WHERE m.person_id = p.id AND o.id = ANY (:nodes)))
    RETURNING p.id
""")


def touched(db: Session, units: Iterable[UUID], nodes: Iterable[UUID] = (), heads: Iterable[UUID] = ()) -> list[UUID]:
    """Whom changes of units and nodes concern; what we say of them from now on is newer than before."""
    facts = {"units": list(units), "nodes": list(nodes), "heads": list(heads), "moment": now()}
    return list(db.execute(TOUCHED, facts).scalars())


def people(db: Session, ids: Iterable[UUID], *, gone: bool = False) -> None:
    """Tell who these people are now; *gone*: they are about to be no more."""
    for some in pieces(ids, PIECE):
        said = [
            {name: row[name] for name in SAME}
            | {
                "person_id": row["id"],
                "place_code": row["compound_code"],
                "groups": row["ties"],
                "active": row["active"] and not gone,
            }
            | ({"changed_at": now()} if gone else {})
            for row in facts.of(db, some)
        ]
        publish(db, members.PeopleChanged, subject=said[0]["person_id"] if len(said) == 1 else None, people=said)


def units(db: Session, ids: Iterable[UUID], *, gone: bool = False) -> None:
    for some in pieces(ids, PIECE):
        rows = db.scalars(select(Unit).where(Unit.id.in_(some)).order_by(Unit.code)).all()
        said = [
            {
                "unit_id": unit.id,
                "code": unit.code,
                "name": unit.name,
                "kind": unit.kind,
                "needs_approval": unit.needs_approval,
                "active": unit.active and not gone,
                "changed_at": now(),
            }
            for unit in rows
        ]
        publish(db, members.UnitsChanged, units=said)


def labels(db: Session, *, places: Iterable[UUID] = (), nodes: Iterable[UUID] = (), gone: bool = False) -> None:
    kinds = ["zone", *GROUP_KINDS]
    rows = db.execute(LABELS, {"places": list(places), "nodes": list(nodes), "kinds": kinds, "day": today()}).mappings()
    for some in pieces(rows, 5 * PIECE):
        publish(db, members.LabelsChanged, labels=[{**row, "active": row["active"] and not gone} for row in some])


def pieces(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """*items* in runs of at most *size*."""
    whole = list(items)
    return (whole[first : first + size] for first in range(0, len(whole), size))
