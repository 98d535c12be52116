"""Verbs of telling: people exist, events happen, phones buzz, somebody answers."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select, text

from services.notify.channels import Gateway
from services.notify.models import Address, Message, Person, Sending
from shared import db as database
from shared.config import config
from shared.crypto import blind
from shared.db import now
from shared.outbox import publish
from tests.conftest import COMMITTEE
from tests.notify.happenings import NIGHT, NOON
from tests.standin import Standin

VAPID = ec.derive_private_key(20121031, ec.SECP256R1())
VAPID_KEY = urlsafe_b64encode(VAPID.private_numbers().private_value.to_bytes(32, "big")).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def providers():
    with Standin() as standin:
        yield standin


@pytest.fixture
def standin(providers, monkeypatch, connection):
    """All providers, well, and the settings that lead to them."""
    providers.well()
    for name, value in {**providers.settings(), "VAPID_PRIVATE_KEY": VAPID_KEY}.items():
        monkeypatch.setenv(name, value)
    config.cache_clear()
    yield providers
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def gateway(standin):
    """The same for sending by hand, with little patience."""
    return Gateway(**{**vars(Gateway.of(config())), "timeout": 0.5})


@pytest.fixture
def person(db):
    """Call it to let a member exist, to whom notify can speak."""

    def person(name: str = "王秀英", **facts) -> Person:
        nowhere = {"unit_id": None, "unit_code": None, "unit_name": None, "place_code": None, "zone_code": None}
        row = Person(
            **nowhere
            | {"person_id": uuid4(), "name": name, "groups": [], "skills": [], "language": "zh", "active": True}
            | {"changed_at": now() - timedelta(days=1), "phone": None, "email": None}
            | facts
        )
        db.add(row)
        db.execute(
            text("INSERT INTO members.people (id, name, unit_id, active) VALUES (:id, :name, :unit_id, true)"),
            {"id": row.person_id, "name": name, "unit_id": row.unit_id},
        )
        db.commit()
        return row

    return person


@pytest.fixture
def phone_of(db, standin):
    """Call it to let a person's browser be woken; the name of the phone at the stand-in."""

    def phone_of(person: Person) -> str:
        subscription = standin.new_phone()
        endpoint = subscription["endpoint"]
        row = {"address": subscription, "address_blind": blind(endpoint), "label": "手机"}
        db.add(Address(person_id=person.person_id, channel="web_push", **row))
        db.commit()
        return endpoint.rpartition("/")[2]

    return phone_of


@pytest.fixture
def happen(db, connection):
    """Call it to let another service publish an event; the event's id. settle() lets notify hear it."""

    def happen(event, *, subject=None, **facts):
        db.commit()
        with database.transaction(event.topic.split(".")[0], COMMITTEE) as tx:
            return publish(tx, event, subject=subject, **facts)

    return happen


@pytest.fixture
def messages_of(db):
    """Call it for a person's messages, oldest first."""

    def messages_of(person: Person) -> list[Message]:
        mine = select(Message).where(Message.person_id == person.person_id).order_by(Message.created_at)
        return list(db.scalars(mine.execution_options(populate_existing=True)))

    return messages_of


@pytest.fixture
def ways_of(db):
    """Call it for the ways that a person's messages took: [(channel, state), ...]."""

    def ways_of(person: Person) -> list[tuple[str, str]]:
        mine = select(Sending.channel, Sending.state).join(Message, Message.id == Sending.message_id)
        return sorted(tuple(row) for row in db.execute(mine.where(Message.person_id == person.person_id)))

    return ways_of


@pytest.fixture
def let_pass(db):
    """Call it to let time pass for what waits: ladders and queued messages."""

    def let_pass(**time) -> None:
        for column in ("next_at", "began_at"):
            db.execute(text(f"UPDATE notify.ladders SET {column} = {column} - :time"), {"time": timedelta(**time)})
        db.execute(text("UPDATE notify.sendings SET due_at = due_at - :time"), {"time": timedelta(**time)})
        db.commit()

    return let_pass


@pytest.fixture
def anybody(person, token):
    """The headers of some member."""
    return token(person("李小明").person_id)


@pytest.fixture
def clerk(person, grant, token):
    """The headers of a clerk."""
    clerk = person("赵干事")
    grant(clerk.person_id, "clerk")
    return token(clerk.person_id)


@pytest.fixture
def only(db):
    """Call it for the one sending there is."""

    def only() -> Sending:
        return db.scalars(select(Sending).execution_options(populate_existing=True)).one()

    return only


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def at_night():
    with time_machine.travel(NIGHT, tick=True):
        yield
