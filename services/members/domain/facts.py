"""What we say of members: one statement, however many they are."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.orm import Session

from services.members.domain.days import today
from services.members.models import Person
from services.members.models.units import GROUP_KINDS

#: groups: those that they joined. ties: these, and the groups above them in the tree.
FACTS = text("""
    SELECT p.id, p.number, p.name, p.phone, p.email, p.category, p.language, p.active, p.version, p.changed_at,
           p.unit_id, u.code AS unit_code, u.name AS unit_name,
           l.code AS place_code, concat_ws(' ', o.name, b.name, l.name) AS place_name,
           coalesce(o.code, b.code, l.code) AS compound_code, j.zone_code,
           coalesce(j.groups, '{}') AS groups, coalesce(j.ties, '{}') AS ties, coalesce(s.skills, '{}') AS skills
    FROM members.people p
    LEFT JOIN members.units u ON u.id = p.unit_id
    LEFT JOIN members.places l ON l.id = p.place_id
    LEFT JOIN members.places b ON b.id = l.parent_id
    LEFT JOIN members.places o ON o.id = b.parent_id
    LEFT JOIN LATERAL (
        SELECT min(n.code) FILTER (WHERE n.kind = 'zone' AND m.role_in = 'member') AS zone_code,
               array_agg(DISTINCT n.code) FILTER (WHERE n.kind = ANY (:kinds) AND m.role_in = 'member') AS groups,
               array_agg(DISTINCT g.code) FILTER (WHERE g.kind = ANY (:kinds)) AS ties
        FROM members.memberships m
        JOIN members.org_nodes n ON n.id = m.node_id
        CROSS JOIN LATERAL unnest(string_to_array(n.path::text, '.')) AS above (code)
        JOIN members.org_nodes g ON g.code = above.code
        WHERE m.person_id = p.id AND m.kind = 'node'
          AND m.valid_from <= :day AND (m.valid_until IS NULL OR m.valid_until > :day)
          AND (g.valid_until IS NULL OR g.valid_until > :day)
    ) j ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(k.skill ORDER BY k.skill) AS skills FROM members.person_skills k WHERE k.person_id = p.id
    ) s ON true
    WHERE p.id = ANY (:ids)
""").columns(phone=Person.__table__.c.phone.type, email=Person.__table__.c.email.type)
FACTS = FACTS.bindparams(bindparam("kinds", type_=ARRAY(Text)), bindparam("ids", type_=ARRAY(Uuid)))


def of(db: Session, ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """What we know of these people, in the order in which they were asked for."""
    ids = list(ids)
    rows = db.execute(FACTS, {"ids": ids, "kinds": list(GROUP_KINDS), "day": today()}).mappings()
    found = {row["id"]: dict(row) for row in rows}
    return [found[person_id] for person_id in ids if person_id in found]


def unit_of(facts: dict[str, Any]) -> dict[str, Any] | None:
    if not facts["unit_code"]:
        return None
    return {"id": facts["unit_id"], "code": facts["unit_code"], "name": facts["unit_name"]}


def place_of(facts: dict[str, Any]) -> dict[str, Any] | None:
    if not facts["place_code"]:
        return None
    return {"code": facts["place_code"], "name": facts["place_name"], "compound": facts["compound_code"]}
