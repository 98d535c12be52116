"""Squads, templates, and plans that are made of them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.patrol.domain import local_time
from services.patrol.models import Pattern, Person, Squad, SquadMember
from shared.db import now

MONDAY = local_time.monday_of(now()) + timedelta(weeks=1)


@pytest.fixture
def squad_of(db, person):
    """Call it with a size for a squad of volunteers from three units: their ids, the leader first."""

    def squad_of(size: int, code: str = "YA2", **papers):
        people = [person(f"队员{n:02}", **papers) for n in range(size)]
        for n, person_id in enumerate(people):
            db.get(Person, person_id).unit_name = f"单位{n % 3}"
        squad = Squad(id=uuid4(), code=code, name=code, leader_id=people[0], zone="C1")
        squad.members = [SquadMember(person_id=one) for one in people]
        db.add(squad)
        db.flush()
        return squad, people

    return squad_of


@pytest.fixture
def evenings(db):
    """Call it with a squad for its template: four evenings a week, two or three people out of two units."""

    def evenings(squad, **facts):
        base = {"weekdays": [1, 3, 5, 7], "starts": "19:00", "minutes": 120, "min_crew": 2, "max_crew": 3}
        pattern = Pattern(squad_id=squad.id, **base | {"units_min": 2} | facts)
        db.add(pattern)
        db.commit()
        return pattern

    return evenings


@pytest.fixture
def api(patrol, clerk, token):
    """Call it with a method and a path, as the clerk."""

    def api(method, path, json=None):
        headers = token(clerk) | {"If-Match": "*", "Idempotency-Key": str(uuid4())}
        return patrol.open(path, method=method, json=json, headers=headers)

    return api
