"""What people do with a service one after another: requests that follow from answers, from habit, or from nothing."""

from typing import Any, ClassVar
from uuid import uuid4

import schemathesis
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, rule
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.stateful.state_machine import StepInput
from schemathesis.specs.openapi import checks
from sqlalchemy import Connection

from tests.fuzz.mangling import mangled
from tests.security.asks import ASKS
from tests.security.asks.ask import Ask, _filled
from tests.security.world import Caller, World

PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
#: What holds as long as one and the same person asks: another may not see what they made.
OF_ONE = [*PROMISES, checks.use_after_free, checks.ensure_resource_availability]
#: What answers after a deletion: the row of somebody who was erased stays, nameless; a seat is not the list of seats.
STAYS = ("GET /people/{person_id}", "GET /activities/{activity_id}/sign-ups")
ENDLESS = "/(inbox|board)/stream"
ANSWERS = Bundle("catch_all")  # schemathesis sorts them by what may follow

#: Which things of the world a part of a path may mean.
MEANT = {
    "person_id": ["colleague", "self", "mate"], "unit_id": ["unit"], "device_id": ["device"], "grant_id": ["grant"],
    "import_id": ["checked", "checking", "applied"], "key_id": ["key"], "secret": ["our_feed"],
    "activity_id": ["published", "draft", "submitted", "seat", "under_way_activity", "offered_seat"],
    "shift_id": ["under_way", "planned"],
    "check_in_id": ["check_in"], "trouble_id": ["trouble"], "sos_id": ["mates_call", "own_call"], "squad_id": ["squad"],
    "checkpoint_id": ["checkpoint"], "message_id": ["message"], "token": ["our_link"],
    "address_id": ["address", "robot"], "event_id": ["event"], "sending_id": ["sending", "dead"], "id": ["traced"],
    "rule_id": ["rule"], "hours_id": ["proposed_hours"], "number": ["sheet"],
    "code": ["our_template"],
}  # fmt: skip
RELATIONS = st.sampled_from(["own", "own", "foreign", "alien"])


def document(service: str, app: Flask) -> Any:
    """What the service says of itself, without what never ends."""
    api = schemathesis.openapi.from_wsgi("/openapi.json", app)
    api.config.update(base_url="http://localhost/")
    return api.exclude(path_regex=ENDLESS)


def asks(service: str) -> list[tuple[str, Ask]]:
    """How the table of rights asks this service: requests that mean something."""
    ours = f"/api/{service}/"
    return [(route, ask) for (route, _), ask in ASKS.items() if ours in route and not route.endswith("/stream")]


def story(service: str, app: Flask, world: World, callers: list[Caller], connection: Connection) -> Any:
    """A state machine of schemathesis' in which these callers take turns. Afterwards nothing of it ever was."""
    api = document(service, app)
    operations = [found.ok() for found in api.get_all_operations()]
    promises = OF_ONE if len(callers) == 1 else PROMISES
    sensible = asks(service)

    class Story(api.as_state_machine()):  # type: ignore[misc]
        caller: Caller
        broken: ClassVar[list[FailureGroup]] = []

        def setup(self) -> None:
            self.caller = callers[0]
            self.savepoint = connection.begin_nested()

        def teardown(self) -> None:
            self.savepoint.rollback()

        @rule(caller=st.sampled_from(callers))
        def somebody_else_goes_on(self, caller: Caller) -> None:
            self.caller = caller

        @rule(target=ANSWERS, case=st.one_of([operation.as_strategy() for operation in operations]), of=RELATIONS)
        def they_ask_for_anything(self, case: Case, of: str) -> Any:
            case.path_parameters.update(_meant(case.path_parameters, world.of(self.caller, of)))
            return self.ask(case)

        @rule(target=ANSWERS, which=st.sampled_from(sensible), of=RELATIONS, data=st.data())
        def they_ask_as_they_should_or_nearly(self, which: tuple[str, Ask], of: str, data: Any) -> Any:
            route, ask = which
            things = world.of(self.caller, of)
            case = _case(api, service, route, ask, things if ask.thing in things else world.of(self.caller, "own"))
            if ask.json is not None and data.draw(st.booleans()):
                case.body = data.draw(mangled(case.body, [str(x) for x in things.values()]))
            return self.ask(case)

        def ask(self, case: Case) -> Any:
            """A first step, as schemathesis would take it."""
            self.recorder.record_case(case=case)
            self.control.record_step(StepInput.initial(case), self.recorder)
            return self._step(StepInput.initial(case))

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            changing = {} if case.method == "GET" else {"If-Match": "*", "Idempotency-Key": str(uuid4())}
            return {"headers": changing | self.caller.headers}

        def validate_response(self, response: Any, case: Case, **_: Any) -> None:
            try:
                excluded = [checks.use_after_free] if case.operation.label in STAYS else []
                case.validate_response(response, checks=promises, excluded_checks=excluded, recorder=self.recorder)
            except FailureGroup as broken:
                self.broken.append(broken)
                raise

    return Story


def _meant(parameters: dict[str, Any], things: dict[str, Any]) -> dict[str, str]:
    """Things that there are, in place of ids that were made up; which ones, what was made up decides."""
    meant = {}
    for name, made_up in parameters.items():
        known = [thing for thing in MEANT.get(name, []) if thing in things]
        if known:
            meant[name] = str(things[known[len(str(made_up)) % len(known)]])
    return meant


def _case(api: Any, service: str, route: str, ask: Ask, things: dict[str, Any]) -> Case:
    method, _, path = route.partition(" ")
    path = path.removeprefix(f"/api/{service}")
    operation = api[path.replace("<", "{").replace(">", "}")][method]
    parameters = {parameter.name: ask.in_path(parameter.name, things) for parameter in operation.path_parameters}
    query = dict(part.split("=") for part in ask.query.removeprefix("?").split("&") if part)
    more: dict[str, Any] = {}
    if ask.json is not None:
        more = {"body": _filled(ask.json, things), "media_type": "application/json"}
    if ask.upload is not None:
        more = {"body": {"file": ask.upload}, "media_type": "multipart/form-data"}
    return operation.Case(path_parameters=parameters, query=query, **more)
