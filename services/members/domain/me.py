"""Who is signed in, as the pages want to know it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.members.domain import facts, grants
from services.members.models import Grant
from shared.errors import NotFound


def describe(db: Session, person_id: UUID | None) -> dict[str, Any]:
    """A person with their unit, place, roles, groups and skills."""
    found = facts.of(db, [person_id] if person_id else [])
    if not found:
        raise NotFound
    row = found[0]
    roles = db.scalars(select(Grant).where(Grant.person_id == person_id, grants.holds()).order_by(Grant.id))
    return {
        **{name: row[name] for name in ("id", "name", "language", "skills", "version")},
        "unit": facts.unit_of(row),
        "place": facts.place_of(row),
        "groups": row["ties"],
        "roles": [_role(grant) for grant in roles],
    }


def _role(grant: Grant) -> dict[str, Any]:
    return {
        "role": grant.role,
        "unit_id": grant.unit_id,
        "place": grants.place_code(grant.place),
        "start": grant.valid_from,
        "until": grant.valid_until,
    }
