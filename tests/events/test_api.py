"""What the OpenAPI document promises, the service keeps, whatever it is sent."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from services.events.app import create_app
from services.events.domain import jobs, troupes
from services.events.domain.family_services import matrix
from services.events.domain.hall import terms
from services.events.models import Equipment
from tests.events import hall, loans
from tests.events.series import in_days
from tests.events.venue_fixtures import day, rule
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


@pytest.fixture
def there(db, unit, person, hold, venue, booked, need, offer, take) -> dict[str, Callable[[], Any]]:
    """Things that an address can name, by the name that it has there: without them every answer would be 404.

    Made when they are first asked for; of activities each time a new one.
    """

    def topic() -> str:
        return hall.topic(db, f"T{uuid4().hex[:6]}", needs_speaker=False).code

    def term() -> UUID:
        topic()
        return terms.plan(db, hall.term(db, unit()).id).id

    def troupe() -> UUID:
        words = {
            "discipline": "choir",
            "about": "",
            "rehearsals": [],
            "repertoire": [{"title": "茉莉花", "minutes": 4}],
        }
        leader = person().person_id
        return troupes.found(db, name=uuid4().hex, leader_id=leader, unit_id=None, **words).id

    def service() -> int:
        words = {"name": "义诊", "about": "", "skills": [], "things": [], "unit_kinds": []}
        return matrix.add(db, number=7, types=["elders"], **words).number

    def lent() -> Equipment:
        return loans.thing(db, unit(f"U{uuid4().hex[:6]}"))

    def job() -> UUID:
        words = {"about": "", "hours": "早班", "pay": "面议", "place": "市场", "contact": "门口", "openings": 1}
        return jobs.post(db, unit(), title="收银员", until=in_days(9), **words).id

    return {
        "activity_id": lambda: hold(capacity=1).id,
        "booking_id": lambda: booked(venue(needs_approval=True), day(), "14:00", "16:00").id,
        "claim_id": lambda: take(need()).id,
        "code": cache(topic),
        "equipment_id": lambda: lent().id,
        "job_id": cache(job),
        "loan_id": lambda: loans.promised(db, lent()).id,
        "need_id": lambda: need().id,
        "number": cache(service),
        "offer_id": lambda: offer().id,
        "speaker_id": cache(lambda: hall.speaker(db, topic(), unit_id=unit().unit_id).id),
        "term_id": cache(term),
        "troupe_id": cache(troupe),
        "venue_id": lambda: venue("操场", rule("08:00", "20:00")).id,
    }


@api.parametrize()
@tries(2, 100)
def test_the_service_keeps_its_promises(case, db, there, venue, clerk):
    for name in case.path_parameters.keys() & there.keys():
        case.path_parameters[name] = str(there[name]())
        db.commit()
    if isinstance(case.body, dict) and "venue_id" in case.body:
        case.body["venue_id"] = str(venue().id)
    if isinstance(case.body, dict) and "equipment_id" in case.body:
        case.body["equipment_id"] = str(there["equipment_id"]())
    case.call_and_validate(headers=clerk | {"If-Match": "*", "Idempotency-Key": str(uuid4())}, checks=PROMISES)
