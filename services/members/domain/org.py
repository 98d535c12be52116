"""The organisation tree on any day, places, and the groups and skills that people can be asked by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from services.members.domain.days import today
from services.members.domain.words import SKILLS
from services.members.models import Person, PersonSkill, Place
from services.members.models.units import GROUP_KINDS

#: Members of a node are those of all nodes under it, each once; of a unit's node, those at home in the unit.
TREE = text("""
    WITH held AS (
        SELECT * FROM members.org_nodes
        WHERE line = :line AND valid_from <= :day AND (valid_until IS NULL OR valid_until > :day)
    ), belongs AS (
        SELECT m.person_id, coalesce(m.node_id, h.id) AS node_id
        FROM members.memberships m LEFT JOIN held h ON m.kind = 'home' AND h.kind = 'unit' AND h.unit_id = m.unit_id
        WHERE m.kind IN ('home', 'node') AND m.valid_from <= :day AND (m.valid_until IS NULL OR m.valid_until > :day)
    ), counted AS (
        SELECT o.id, count(DISTINCT b.person_id) AS members
        FROM belongs b JOIN held n ON n.id = b.node_id JOIN held o ON o.path @> n.path GROUP BY o.id
    ), heads AS (
        SELECT m.node_id, max(p.name) FILTER (WHERE m.role_in = 'leader') AS leader,
               max(p.name) FILTER (WHERE m.role_in = 'deputy') AS deputy
        FROM members.memberships m JOIN members.people p ON p.id = m.person_id
        WHERE m.role_in <> 'member' AND m.valid_from <= :day AND (m.valid_until IS NULL OR m.valid_until > :day)
        GROUP BY m.node_id
    )
    SELECT h.id, h.code, h.path::text AS path, h.kind, h.name, h.unit_id, x.leader, x.deputy,
           coalesce(c.members, 0) AS members_count
    FROM held h LEFT JOIN counted c ON c.id = h.id LEFT JOIN heads x ON x.node_id = h.id ORDER BY h.path
""")
GROUPS = text("""
    SELECT g.code, g.name, g.kind, count(DISTINCT p.id) AS count FROM members.org_nodes g
    LEFT JOIN members.org_nodes n ON n.path <@ g.path
    LEFT JOIN members.memberships m ON m.node_id = n.id AND m.valid_from <= :day
        AND (m.valid_until IS NULL OR m.valid_until > :day)
    LEFT JOIN members.people p ON p.id = m.person_id AND p.active
    WHERE g.kind = ANY (:kinds) AND (g.valid_until IS NULL OR g.valid_until > :day)
    GROUP BY g.id ORDER BY g.path
""")


def tree(db: Session, line: str, day: date | None) -> Sequence[Any]:
    """The nodes of a line as they were, are or will be on this day."""
    return db.execute(TREE, {"line": line, "day": day or today()}).mappings().all()


def groups(db: Session) -> Sequence[Any]:
    return db.execute(GROUPS, {"kinds": list(GROUP_KINDS), "day": today()}).mappings().all()


def places(db: Session) -> Sequence[Place]:
    return db.scalars(select(Place).order_by(Place.path)).all()


def skills(db: Session) -> list[dict[str, Any]]:
    """Every skill that one can declare, with how many did."""
    counts = select(PersonSkill.skill, func.count()).join(Person, Person.id == PersonSkill.person_id)
    rows = db.execute(counts.where(Person.active).group_by(PersonSkill.skill))
    found = {skill: count for skill, count in rows}  # noqa: C416  a row is no pair to mypy
    return [{"code": code, "name": name, "count": found.get(code, 0)} for code, name in SKILLS.items()]
