"""What is free: seats in all, and of each quota. One statement, under the activity's lock."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.series.dates import HERE
from services.events.models import Activity, SignUp
from shared.db import plain

Why = dict[str, Any]

#: Somebody in particular: as if they had not signed up yet.
LOOK = """
    WITH held AS MATERIALIZED (
        SELECT part, party_size, quotas FROM events.sign_ups
        WHERE activity_id = %(activity_id)s AND state IN ('going', 'offered') AND person_id <> %(person_id)s
    )
    SELECT
        events.quotas_of(%(rules)s::jsonb, p.place_code, p.zone_code, p.unit_code, %(age)s::int),
        coalesce(p.skills, '{}'),
        (SELECT coalesce(sum(party_size), 0) FROM held WHERE part IS NULL),
        (SELECT count(*) FROM held WHERE part = %(part)s),
        (SELECT jsonb_object_agg(quota, n) FROM (
            SELECT quota, sum(party_size) AS n FROM held, unnest(quotas) AS quota
            WHERE part IS NULL GROUP BY quota) AS q)
    FROM (SELECT %(person_id)s::uuid AS id) AS me LEFT JOIN events.people p ON p.person_id = me.id
"""
SORT = """
    UPDATE events.sign_ups s
    SET quotas = events.quotas_of(%(rules)s::jsonb, p.place_code, p.zone_code, p.unit_code, a.age)
    FROM unnest(%(people)s::uuid[], %(ages)s::int[]) AS a (id, age) LEFT JOIN events.people p ON p.person_id = a.id
    WHERE s.activity_id = %(activity_id)s AND s.person_id = a.id
"""
NOBODY = UUID(int=0)


@dataclass
class Room:
    """What is free in an activity, and what of it is somebody's business: their quotas, skills, part."""

    capacity: int | None
    rules: list[dict[str, Any]]  # of quotas
    taken: int
    by_quota: dict[int, int]
    quotas: list[int]
    skills: list[str]
    in_part: int

    @property
    def left(self) -> int | None:
        """None: as many as anybody wants."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def against(self, size: int, quotas: list[int]) -> list[Why]:
        """Why so many people who fall in these quotas find no seats; [] when they do."""
        if self.left is not None and size > self.left:
            return [{"code": "full", "capacity": self.capacity} if self.left == 0 else self._few()]
        full = [n for n in quotas if n < len(self.rules) and size > self.rules[n]["seats"] - self.by_quota.get(n, 0)]
        return [{"code": "quota_full"} | self.rules[n] for n in full]

    def take(self, size: int, quotas: list[int]) -> None:
        """These seats are taken now."""
        self.taken += size
        for n in quotas:
            self.by_quota[n] = self.by_quota.get(n, 0) + size

    def _few(self) -> Why:
        return {"code": "party_too_large", "left": self.left}


def look(
    db: Session, activity: Activity, person_id: UUID = NOBODY, *, age: int | None = None, part: str | None = None
) -> Room:
    """What is free, as this person finds it."""
    db.flush()
    facts = {"activity_id": activity.id, "person_id": person_id, "age": age, "part": part}
    rules = orjson.dumps(activity.sign_up).decode()
    [(quotas, skills, taken, in_part, by_quota)] = plain(db, LOOK, rules=rules, **facts)
    counts = {int(n): int(count) for n, count in (by_quota or {}).items()}
    return Room(activity.capacity, activity.sign_up.get("quotas", []), int(taken), counts, quotas, skills, in_part)


def sort_anew(db: Session, activity: Activity) -> None:
    """Write down again who falls in which quota: the rules are others than when they signed up."""
    held = select(SignUp.person_id, SignUp.details).where(SignUp.activity_id == activity.id)
    found = db.execute(held.where(SignUp.state != "cancelled"))
    born = {person_id: (details or {}).get("birth_year") for person_id, details in found}
    year = activity.starts_at.astimezone(HERE).year
    ages = [None if birth_year is None else year - birth_year for birth_year in born.values()]
    facts = {"activity_id": activity.id, "people": list(born), "ages": ages}
    db.flush()
    plain(db, SORT, rules=orjson.dumps(activity.sign_up).decode(), **facts)
    db.expire_all()
