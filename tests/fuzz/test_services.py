"""Whatever is asked, by whomever, after whatever: each service keeps the promises of its OpenAPI document."""

from contextlib import suppress
from importlib import import_module

import pytest
from hypothesis.errors import FlakyStrategyDefinition
from schemathesis.generation.stateful import run_state_machine_as_test

from shared import bus
from tests.fuzz.depth import tries
from tests.fuzz.stories import story

#: One who may do everything; and everybody in turns.
EVERYBODY = ["member", "secretary", "nobody", "liaison", "live key", "leader"]
CASTS = {"the secretary": ["secretary"], "everybody": EVERYBODY}


@pytest.fixture(scope="session")
def apps(server):
    return {service: import_module(f"services.{service}.app").create_app() for service in bus.SERVICES}


@pytest.mark.parametrize("cast", CASTS)
@pytest.mark.parametrize("service", bus.SERVICES)
def test_a_service_keeps_its_promises(service, cast, apps, world, connection):
    callers = [next(caller for caller in world.callers if caller.name == name) for name in CASTS[cast]]

    machine = story(service, apps[service], world, callers, connection)

    with suppress(FlakyStrategyDefinition):  # what may follow hangs on answers, and on schemathesis' own dice
        run_state_machine_as_test(machine, settings=tries(5, 400, stateful_step_count=12))
    assert not machine.broken, machine.broken[0]
