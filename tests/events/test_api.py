"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from services.events.app import create_app
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


@api.parametrize()
@tries(3, 100)
def test_the_service_keeps_its_promises(case, hold, clerk):
    if "activity_id" in case.path_parameters:
        case.path_parameters["activity_id"] = str(hold(capacity=1).id)
    case.call_and_validate(headers=clerk | {"If-Match": "*"}, checks=PROMISES)
