"""Verbs of activities: units exist, people join them, activities are held."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.events.domain import activities
from services.events.models import Activity, Label, Person, Unit
from shared import bus
from shared import db as database
from shared.crypto import hashed, new_token
from shared.db import now
from shared.outbox import publish
from tests.events.lists_fixtures import compounds, need, offer, take, wish  # noqa: F401  fixtures
from tests.events.venue_fixtures import booked, counted, earlier, state_of, venue  # noqa: F401  fixtures

SCOPES = ["activities:read", "activities:write"]
EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}


@pytest.fixture
def unit(db):
    """Call it to let a member unit exist."""

    def unit(code: str = "U02", *, needs_approval: bool = False, **facts) -> Unit:
        facts = {"name": f"{code}党支部", "kind": "sports", "active": True, "changed_at": now(), **facts}
        row = Unit(unit_id=uuid4(), code=code, needs_approval=needs_approval, **facts)
        db.add(row)
        db.commit()
        return row

    return unit


@pytest.fixture
def person(db):
    """Call it to let a member exist."""

    def person(name: str = "王秀英", of: Unit | None = None, **facts) -> Person:
        whose = {"unit_id": of.unit_id, "unit_code": of.code, "unit_name": of.name} if of else {}
        row = Person(**a_member(name) | whose | facts)
        db.add(row)
        db.execute(
            text("INSERT INTO members.people (id, name, unit_id, active) VALUES (:id, :name, :unit_id, :active)"),
            {"id": row.person_id, "name": name, "unit_id": row.unit_id, "active": row.active},
        )
        db.commit()
        return row

    return person


def a_member(name: str) -> dict:
    """The facts of a member who belongs nowhere."""
    nowhere = {"unit_id": None, "unit_code": None, "unit_name": None, "place_code": None, "zone_code": None}
    return nowhere | {
        "person_id": uuid4(), "name": name, "groups": [], "skills": [], "language": "zh", "active": True,
        "changed_at": now(),
    }  # fmt: skip


@pytest.fixture
def labels(db):
    """Call it to let places, zones or groups exist."""

    def labels(kind: str, *codes: str) -> None:
        db.add_all(Label(kind=kind, code=code, name=code, active=True, changed_at=now()) for code in codes)
        db.commit()

    return labels


@pytest.fixture
def clerk(person, token, grant):
    """Headers of a clerk."""
    somebody = person("办事员")
    grant(somebody.person_id, "clerk")
    return token(somebody.person_id)


@pytest.fixture
def liaison(person, token, grant):
    """Call it for the headers of a unit's liaison officer."""

    def liaison(unit: Unit) -> dict[str, str]:
        somebody = person("联络员", of=unit)
        grant(somebody.person_id, "liaison", unit_id=unit.unit_id)
        return token(somebody.person_id)

    return liaison


@pytest.fixture
def key(db):
    """Call it for the headers of a unit's own software."""

    def key(unit: Unit, kind: str = "live", scopes: list[str] = SCOPES) -> dict[str, str]:
        secret = new_token(f"jc_{kind}_")
        db.execute(
            text(
                "INSERT INTO members.api_keys (unit_id, kind, label, scopes, key, ending, created_at, created_by)"
                " VALUES (:unit_id, :kind, 'test', :scopes, :key, :ending, now(), 'test')"
            ),
            {"unit_id": unit.unit_id, "kind": kind, "scopes": scopes, "key": hashed(secret), "ending": secret[-4:]},
        )
        db.commit()
        return {"Authorization": f"Bearer {secret}"}

    return key


def plan(**facts) -> dict:
    """What a unit would send of an activity."""
    tomorrow = now() + timedelta(days=1)
    return {
        "title": "春季健康讲座",
        "kind": "lecture",
        "form": "classroom",
        "place": "社区大讲堂",
        "starts_at": tomorrow.isoformat(),
        "ends_at": (tomorrow + timedelta(hours=2)).isoformat(),
        "audience": {"everyone": True},
        **facts,
    }


def once(headers: dict) -> dict:
    """The same headers with an Idempotency-Key that was never used."""
    return headers | {"Idempotency-Key": str(uuid4())}


def seen(headers: dict, activity: dict | Activity) -> dict:
    """The same headers, having seen this version."""
    version = activity["version"] if isinstance(activity, dict) else activity.version
    return headers | {"If-Match": f'"v{version}"'}


@pytest.fixture
def hold(db, unit):
    """Call it to let a unit hold an activity that is published."""

    def hold(of: Unit | None = None, *, reach: str = "all", submit_it: bool = True, **facts) -> Activity:
        starts_at = facts.pop("starts_at", now() + timedelta(days=1))
        words = {"title": "羽毛球赛", "summary": "", "kind": "sport", "form": None, "place": "操场", "capacity": None}
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
        whole = words | times | {"audience": EVERYONE} | facts
        activity = activities.post(
            db, of or unit(f"U{uuid4().hex[:6]}"), reach=reach, posted_by="test", submit_it=submit_it, **whole
        )
        db.commit()
        return activity

    return hold


@pytest.fixture
def move(db):
    """Call it to move an activity in time: nobody waits a day in a test."""

    def move(activity: Activity, **delta) -> None:
        db.refresh(activity)
        activity.starts_at += timedelta(**delta)
        activity.ends_at += timedelta(**delta)
        db.commit()

    return move


@pytest.fixture
def hear(connection, db):
    """Call it to let members publish something, and this service hear it."""
    from services.events import consumers  # noqa: F401  importing registers

    def hear(event, **facts) -> None:
        db.commit()
        with database.transaction("members") as tx:
            event_id: UUID = publish(tx, event, **facts)
        delivery = text("SELECT id FROM bus.deliveries WHERE event_id = :id AND subscriber = 'events'")
        bus.receive("events", db.execute(delivery, {"id": event_id}).scalar_one())
        failed = db.execute(text("SELECT last_error FROM bus.deliveries WHERE failures > 0")).scalars().all()
        assert not failed, failed
        db.expire_all()

    return hear
