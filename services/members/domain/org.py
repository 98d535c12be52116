"""The organisation tree on any day, places, and the groups and skills that people can be asked by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.members.domain import tallies
from services.members.domain.days import today
from services.members.domain.words import SKILLS
from services.members.models import OrgNode, Place
from services.members.models.units import GROUP_KINDS

TREE = text("""
    WITH heads AS (
        SELECT m.node_id, max(p.name) FILTER (WHERE m.role_in = 'leader') AS leader,
               max(p.name) FILTER (WHERE m.role_in = 'deputy') AS deputy
        FROM members.memberships m JOIN members.people p ON p.id = m.person_id
        WHERE m.role_in <> 'member' AND m.valid_from <= :day AND (m.valid_until IS NULL OR m.valid_until > :day)
        GROUP BY m.node_id
    )
    SELECT h.id, h.code, h.path::text AS path, h.kind, h.name, h.unit_id, x.leader, x.deputy
    FROM members.org_nodes h LEFT JOIN heads x ON x.node_id = h.id
    WHERE h.line = :line AND h.valid_from <= :day AND (h.valid_until IS NULL OR h.valid_until > :day) ORDER BY h.path
""")


def tree(db: Session, line: str, day: date | None) -> list[dict[str, Any]]:
    """The nodes of a line as they were, are or will be on this day."""
    nodes = db.execute(TREE, {"line": line, "day": day or today()}).mappings()
    counts = dict(tallies.counted(db, "node", day=day)) if day else tallies.of(db, "node")
    return [{**node, "members_count": counts.get(str(node["id"]), 0)} for node in nodes]


def groups(db: Session) -> list[dict[str, Any]]:
    """Every group that an audience can name, with how many belong to it."""
    counts = tallies.of(db, "group")
    held = OrgNode.valid_until.is_(None) | (OrgNode.valid_until > today())
    found = db.scalars(select(OrgNode).where(OrgNode.kind.in_(GROUP_KINDS), held).order_by(OrgNode.path))
    return [
        {"code": node.code, "name": node.name, "kind": node.kind, "count": counts.get(str(node.id), 0)}
        for node in found
    ]


def places(db: Session) -> Sequence[Place]:
    return db.scalars(select(Place).order_by(Place.path)).all()


def skills(db: Session) -> list[dict[str, Any]]:
    """Every skill that one can declare, with how many did."""
    counts = tallies.of(db, "skill")
    return [{"code": code, "name": name, "count": counts.get(code, 0)} for code, name in SKILLS.items()]
