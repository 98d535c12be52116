"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

from uuid import uuid4

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from services.members.app import create_app
from tests.fuzz.depth import PHASES, tries
from tests.members.conftest import KEY

PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

api = schemathesis.openapi.from_wsgi("/openapi.json", create_app())
api.config.update(base_url="http://localhost/")
api.config.phases.update(phases=PHASES)


@pytest.fixture
def known(db, person, unit):
    """Ids of things that there are."""
    return {"unit_id": unit("U02").id, "person_id": person("某人").id}


@api.parametrize()
@tries(2, 100)
def test_the_service_keeps_its_promises(case, known, signed_in, token, person):
    for name, value in known.items():
        if name in case.path_parameters:
            case.path_parameters[name] = str(value)
    secretary = signed_in("secretary")
    case.call_and_validate(headers=secretary | {"If-Match": "*", KEY: str(uuid4())}, checks=PROMISES)
