"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from services.events.app import create_app
from tests.fuzz.depth import PHASES, tries
from tests.events.venue_fixtures import day, rule

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
def test_the_service_keeps_its_promises(case, hold, venue, booked, clerk):
    if "activity_id" in case.path_parameters:
        case.path_parameters["activity_id"] = str(hold(capacity=1).id)
    if "venue_id" in case.path_parameters:
        case.path_parameters["venue_id"] = str(venue("操场", rule("08:00", "20:00")).id)
    if "booking_id" in case.path_parameters:
        case.path_parameters["booking_id"] = str(booked(venue(needs_approval=True), day(), "14:00", "16:00").id)
    if isinstance(case.body, dict) and "venue_id" in case.body:
        case.body["venue_id"] = str(venue().id)
    case.call_and_validate(headers=clerk | {"If-Match": "*"}, checks=PROMISES)
