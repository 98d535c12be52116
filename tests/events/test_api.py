"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

from uuid import uuid4

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
def test_the_service_keeps_its_promises(case, hold, venue, booked, need, offer, take, wish, clerk):
    made = {
        "activity_id": lambda: hold(capacity=1),
        "venue_id": lambda: venue("操场", rule("08:00", "20:00")),
        "booking_id": lambda: booked(venue(needs_approval=True), day(), "14:00", "16:00"),
        "need_id": wish if "wishes" in case.path else need,
        "offer_id": offer,
        "claim_id": lambda: take(need()),
    }
    for name in made.keys() & case.path_parameters.keys():
        case.path_parameters[name] = str(made[name]().id)
    if isinstance(case.body, dict) and "venue_id" in case.body:
        case.body["venue_id"] = str(venue().id)
    case.call_and_validate(headers=clerk | {"If-Match": "*", "Idempotency-Key": str(uuid4())}, checks=PROMISES)
