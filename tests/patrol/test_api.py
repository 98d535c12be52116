"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

from uuid import uuid4

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from services.patrol.app import create_app
from tests.fuzz.depth import PHASES, tries

PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

api = schemathesis.openapi.from_wsgi("/openapi.json", create_app())
api.config.update(base_url="http://localhost/")
api.config.phases.update(phases=PHASES)
answering = api.exclude(path="/board/stream")  # which never ends


@pytest.fixture
def known(shift, checkpoint, squad, clerk, token, patrol, walker, tell, rule):
    """Ids that exist, so that not every answer is that there is no such thing."""
    trouble_id, sos_id = uuid4(), uuid4()
    at, by = shift.starts_at, token(walker)
    patrol.put(f"/troubles/{trouble_id}", json={"at": at, "trouble": {"kind": "lamp"}}, headers=by)
    patrol.put(f"/sos/{sos_id}", json={"at": at}, headers=by)
    return {
        "shift_id": shift.id,
        "checkpoint_id": checkpoint(7).id,
        "squad_id": squad.id,
        "trouble_id": trouble_id,
        "sos_id": sos_id,
        "case_id": tell().case.id,
        "rule_id": rule().id,
    }


@pytest.fixture
def headers(clerk, token):
    return token(clerk) | {"If-Match": "*"}


@answering.parametrize()
@tries(2, 100)
def test_the_service_keeps_its_promises(case, known, headers):
    case.path_parameters.update({name: str(known[name]) for name in case.path_parameters if name in known})
    case.call_and_validate(headers=headers, checks=PROMISES)
