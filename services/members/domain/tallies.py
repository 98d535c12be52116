"""How many members there are of each unit, node, group and skill.

They are counted whenever somebody asks, unless a committee has too many members for that: then the clock counts them,
and who asks is told the last count, ten minutes old at most (docs/scale.md): counting 600,000 members takes seconds.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from services.members.domain.days import today
from services.members.models import Person, Tally
from services.members.models.units import GROUP_KINDS

#: A committee with more members than this does not count them each time.
MANY = 5_000

UNITS = text("""
    SELECT unit_id::text AS key, count(*) AS members FROM members.people
    WHERE active AND unit_id IS NOT NULL GROUP BY unit_id
""")
#: Members of a node are those of all nodes under it, each once; of a unit's node, those at home in the unit.
NODES = text("""
    WITH held AS (
        SELECT * FROM members.org_nodes WHERE valid_from <= :day AND (valid_until IS NULL OR valid_until > :day)
    ), belongs AS (
        SELECT m.person_id, coalesce(m.node_id, h.id) AS node_id
        FROM members.memberships m LEFT JOIN held h ON m.kind = 'home' AND h.kind = 'unit' AND h.unit_id = m.unit_id
        WHERE m.kind IN ('home', 'node') AND m.valid_from <= :day AND (m.valid_until IS NULL OR m.valid_until > :day)
    )
    SELECT o.id::text AS key, count(DISTINCT b.person_id) AS members
    FROM belongs b JOIN held n ON n.id = b.node_id JOIN held o ON o.path @> n.path GROUP BY o.id
""")
GROUPS = text("""
    SELECT g.id::text AS key, count(DISTINCT p.id) AS members FROM members.org_nodes g
    JOIN members.org_nodes n ON n.path <@ g.path
    JOIN members.memberships m ON m.node_id = n.id AND m.valid_from <= :day
        AND (m.valid_until IS NULL OR m.valid_until > :day)
    JOIN members.people p ON p.id = m.person_id AND p.active
    WHERE g.kind = ANY (:kinds) AND (g.valid_until IS NULL OR g.valid_until > :day) GROUP BY g.id
""")
SKILLS = text("""
    SELECT k.skill AS key, count(*) AS members FROM members.person_skills k JOIN members.people p ON p.id = k.person_id
    WHERE p.active GROUP BY k.skill
""")
COUNTS = {"unit": UNITS, "node": NODES, "group": GROUPS, "skill": SKILLS}


def of(db: Session, kind: str) -> dict[str, int]:
    """How many members there are of each of a kind, by id or code; what is missing has none."""
    kept = db.execute(select(Tally.key, Tally.members).where(Tally.kind == kind)).all()
    return {key: members for key, members in kept or counted(db, kind)}  # noqa: C416  a row is no pair to mypy


def of_unit(db: Session, unit_id: UUID) -> int:
    """How many active members are at home in this unit."""
    kept = db.scalar(select(Tally.members).where(Tally.kind == "unit", Tally.key == str(unit_id)))
    if kept is not None:
        return kept
    return db.scalar(select(func.count()).where(Person.unit_id == unit_id, Person.active)) or 0


def counted(db: Session, kind: str, **facts: Any) -> Any:
    """The same, counted now; *day*: as it was, is or will be then."""
    return db.execute(COUNTS[kind], {"day": today(), "kinds": list(GROUP_KINDS)} | facts).all()


def count_again(db: Session) -> None:
    """Keep how many there are now, if they are too many to count each time."""
    if not _too_many(db):
        db.execute(delete(Tally))
        return
    rows = [{"kind": kind, "key": key, "members": n} for kind in COUNTS for key, n in counted(db, kind)]
    db.execute(delete(Tally))
    db.execute(insert(Tally), rows)


def _too_many(db: Session) -> bool:
    first = select(Person.id).limit(MANY + 1).subquery()
    return (db.scalar(select(func.count()).select_from(first)) or 0) > MANY
