"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from sqlalchemy import text

from services.notify.app import create_app
from shared.schemas import patrol
from tests.fuzz.depth import PHASES, tries
from tests.notify.happenings import trouble

PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

api = schemathesis.openapi.from_wsgi("/openapi.json", create_app())
api.config.update(base_url="http://localhost/")
api.config.phases.update(phases=PHASES)
closed = api.exclude(path="/inbox/stream")  # an answer without an end


@pytest.fixture
def secretary(person, grant, token, happen, settle, standin):
    """The headers of somebody who may do everything, and who was told something."""
    somebody = person("书记", phone="8610000000061")
    grant(somebody.person_id, "secretary")
    happen(patrol.TroubleReported, **trouble(kind="gas_smell"))
    settle()
    return token(somebody.person_id)


@closed.parametrize()
@tries(2, 100)
def test_the_service_keeps_its_promises(case, db, secretary, known):
    for name, value in known.items():
        if name in case.path_parameters:
            case.path_parameters[name] = value
    case.call_and_validate(headers=secretary | {"If-Match": "*"}, checks=PROMISES)


@pytest.fixture
def known(db, secretary):
    """Ids of things that there are."""
    first = "SELECT id::text, event_id::text FROM notify.messages LIMIT 1"
    message_id, event_id = db.execute(text(first)).one()
    rule_id = db.execute(text("SELECT id::text FROM notify.rules LIMIT 1")).scalar_one()
    return {"message_id": message_id, "event_id": event_id, "rule_id": rule_id, "code": "sos"}
