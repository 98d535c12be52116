"""Who belongs where, by day: a newer decision takes the place of later ones, the past stays as it was."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from services.members.domain.days import today
from services.members.models import Membership
from shared.db import now

#: (person, "home" or "community", unit or place); None: from then on nowhere.
Move = tuple[UUID, str, UUID | None]
#: (person, node)
Joining = tuple[UUID, UUID]

FORGET = text("""
    DELETE FROM members.memberships m
    USING unnest(CAST(:people AS uuid[]), CAST(:kinds AS text[])) AS w (person_id, kind)
    WHERE m.person_id = w.person_id AND m.kind = w.kind AND m.valid_from >= :day
""")
END = text("""
    UPDATE members.memberships m SET valid_until = :day
    FROM unnest(CAST(:people AS uuid[]), CAST(:kinds AS text[])) AS w (person_id, kind)
    WHERE m.person_id = w.person_id AND m.kind = w.kind AND (m.valid_until IS NULL OR m.valid_until > :day)
""")
FORGET_NODES = text("""
    DELETE FROM members.memberships m
    USING unnest(CAST(:people AS uuid[]), CAST(:nodes AS uuid[])) AS w (person_id, node_id)
    WHERE m.person_id = w.person_id AND m.node_id = w.node_id AND m.role_in = 'member' AND m.valid_from >= :day
""")
END_NODES = text("""
    UPDATE members.memberships m SET valid_until = :day
    FROM unnest(CAST(:people AS uuid[]), CAST(:nodes AS uuid[])) AS w (person_id, node_id)
    WHERE m.person_id = w.person_id AND m.node_id = w.node_id AND m.role_in = 'member'
      AND (m.valid_until IS NULL OR m.valid_until > :day)
""")
END_HEAD = text("""
    WITH forgotten AS (
        DELETE FROM members.memberships m WHERE m.node_id = :node_id AND m.role_in = :role AND m.valid_from >= :day
        RETURNING m.person_id
    ), ended AS (
        UPDATE members.memberships m SET valid_until = :day
        WHERE m.node_id = :node_id AND m.role_in = :role AND m.valid_from < :day
          AND (m.valid_until IS NULL OR m.valid_until > :day)
        RETURNING m.person_id
    ) SELECT person_id FROM forgotten UNION SELECT person_id FROM ended
""")
LATELY = """
    SELECT m.person_id FROM members.memberships m
    WHERE m.kind <> 'node' AND m.valid_from BETWEEN :since AND :day
    UNION
    SELECT m.person_id FROM members.memberships m
    WHERE m.kind <> 'node' AND m.valid_until BETWEEN :since AND :day
"""
#: The clock looks every minute; it may have stood still for a summer.
BACK = timedelta(days=60)
FOLLOW = """
    UPDATE members.people p
    SET unit_id = n.unit_id, place_id = n.place_id, version = p.version + 1, changed_at = :moment
    FROM (
        SELECT o.person_id AS id, h.unit_id, c.place_id FROM ({whose}) o
        LEFT JOIN members.memberships h ON h.person_id = o.person_id AND h.kind = 'home'
            AND h.valid_from <= :day AND (h.valid_until IS NULL OR h.valid_until > :day)
        LEFT JOIN members.memberships c ON c.person_id = o.person_id AND c.kind = 'community'
            AND c.valid_from <= :day AND (c.valid_until IS NULL OR c.valid_until > :day)
    ) n
    WHERE p.id = n.id AND (p.unit_id, p.place_id) IS DISTINCT FROM (n.unit_id, n.place_id)
    RETURNING p.id
"""
FOLLOW_ONE = text(FOLLOW.format(whose="SELECT CAST(:person_id AS uuid) AS person_id"))
FOLLOW_LATELY = text(FOLLOW.format(whose=LATELY))


def move(db: Session, moves: list[Move], day: date) -> None:
    """From *day* on these people have another home, or live elsewhere."""
    if moves:
        facts = {"people": [person for person, *_ in moves], "kinds": [kind for _, kind, _ in moves], "day": day}
        db.execute(FORGET, facts)
        db.execute(END, facts)
        settle(db, moves, day)


def settle(db: Session, moves: Iterable[Move], day: date) -> None:
    """The same for people who belonged nowhere before."""
    rows = [(person, kind, target) for person, kind, target in moves if target]
    _begin(db, [{"person_id": p, "kind": kind, _TARGET[kind]: target, "valid_from": day} for p, kind, target in rows])


def join(db: Session, begun: Iterable[Joining], ended: Iterable[Joining], day: date) -> None:
    """From *day* on these people belong to these nodes, and those to those no more."""
    if ended := list(ended):
        people, nodes = map(list, zip(*ended, strict=True))
        facts = {"people": people, "nodes": nodes, "day": day}
        db.execute(FORGET_NODES, facts)
        db.execute(END_NODES, facts)
    _begin(db, [{"person_id": p, "kind": "node", "node_id": n, "valid_from": day} for p, n in begun])


def step_down(db: Session, node_id: UUID, role: str, day: date) -> set[UUID]:
    """From *day* on a node has no leader or deputy; return who was that."""
    return set(db.execute(END_HEAD, {"node_id": node_id, "role": role, "day": day}).scalars())


def lead(db: Session, posts: Iterable[tuple[UUID, UUID, str]], day: date) -> None:
    """From *day* on these people lead these nodes, or are deputies there."""
    _begin(
        db, [{"person_id": p, "kind": "node", "node_id": n, "role_in": role, "valid_from": day} for p, n, role in posts]
    )


def follow(db: Session, person_id: UUID) -> bool:
    """Let somebody's unit and place be those of today; return whether they changed."""
    facts = {"day": today(), "moment": now(), "person_id": person_id}
    return db.execute(FOLLOW_ONE, facts).scalar() is not None


def follow_lately(db: Session) -> list[UUID]:
    """The same for all whose membership began or ended in the last days; return whose changed."""
    facts = {"day": today(), "since": today() - BACK, "moment": now()}
    return list(db.execute(FOLLOW_LATELY, facts).scalars())


_TABLE: Any = Membership.__table__
_TARGET = {"home": "unit_id", "community": "place_id"}
_COLUMNS = ("person_id", "kind", "unit_id", "place_id", "node_id", "role_in", "valid_from")


def _begin(db: Session, rows: list[dict]) -> None:
    if rows:
        # As a table: for the class, rows whose empty columns differ would become a statement each.
        plain = dict.fromkeys(_COLUMNS) | {"role_in": "member"}
        db.execute(insert(_TABLE), [plain | row for row in rows])
