"""Whatever stands on the bus: a consumer acts rightly or says that it cannot, and nobody else is touched."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from services import doors  # noqa: F401  importing registers
from shared import bus
from shared.db import now
from tests.conftest import COMMITTEE
from tests.fuzz.depth import tries
from tests.fuzz.facts import CODE, NUMBER, facts
from tests.fuzz.mangling import mangled

CONSUMERS = sorted(bus.registry.consumers)
STATE = text("SELECT failures, quarantined_at IS NOT NULL AS put_aside, last_error FROM bus.deliveries WHERE id = :id")
#: Seconds of the processor that one event may take at most.
MOST_SECONDS = 5.0


@pytest.fixture
def ids(world) -> list[str]:
    """Of our things, of others', of another committee's."""
    named = (str(x) for things in world.things.values() for x in things.values())
    return list(dict.fromkeys(x for x in named if len(x) == 36))


def payloads(service: str, topic: str, ids: list[str]) -> st.SearchStrategy[Any]:
    """Of this event, right and mangled; and of all others."""
    good = facts(bus.registry.consumers[service, topic].event(), ids)
    others = st.sampled_from(CONSUMERS).flatmap(lambda key: facts(bus.registry.consumers[key].event(), ids))
    spoiled = good.flatmap(lambda payload: mangled(payload, ids))
    return st.one_of(good, spoiled, spoiled, others)


@pytest.mark.parametrize(("service", "topic"), CONSUMERS)
def test_a_mangled_event_has_a_right_effect_or_a_noted_failure(
    service, topic, ids, connection, forge, undone, kept, capfd
):
    before = kept(service)
    subjects = st.one_of(st.none(), st.sampled_from(ids))

    @tries(5, 400)
    @given(payload=payloads(service, topic, ids), subject=subjects)
    def judge(payload, subject):
        began = time.process_time()
        with undone():
            delivery = forge(service, topic, payload, committee=COMMITTEE, subject=subject, at=now(), actor="person:x")
            bus.receive(service, delivery)
            judge_state(connection, service, delivery)
            assert kept(service) == before
        assert time.process_time() - began < MOST_SECONDS
        said = "".join(capfd.readouterr())
        assert NUMBER not in said
        assert NUMBER[2:] not in said
        assert CODE not in said

    judge()


def judge_state(connection, service: str, delivery) -> None:
    """It is done, or its failure is noted and the eighth of them puts it aside."""
    row = connection.execute(STATE, {"id": delivery}).one_or_none()
    if row is None:
        return
    assert (row.failures, row.put_aside) == (1, False)
    assert NUMBER[2:] not in row.last_error
    assert CODE not in row.last_error
    connection.execute(text("UPDATE bus.deliveries SET failures = 7 WHERE id = :id"), {"id": delivery})
    bus.receive(service, delivery)
    assert connection.execute(STATE, {"id": delivery}).one().put_aside


STRANGE = [b'{"x": 1%s}' % (b"0" * 5000), b"[" * 3000 + b"]" * 3000, b"null", b'""', b"[]", b"0"]


@pytest.mark.parametrize("payload", STRANGE, ids=range(len(STRANGE)))
def test_what_python_does_not_read_or_no_event_is_made_of_is_a_noted_failure(payload, connection, world, forge):
    about = {"committee": COMMITTEE, "subject": None, "at": now(), "actor": ""}
    delivery = forge("events", "members.units_changed.v1", payload, **about)

    bus.receive("events", delivery)

    assert connection.execute(STATE, {"id": delivery}).one().failures == 1
    judge_state(connection, "events", delivery)
