"""Ten services for four types of families: which cell is empty, who could fill it, and what was asked for."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import offers
from services.events.domain.family_services import matrix, requests
from services.events.domain.family_services.requests import AskedAlready
from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import FamilyService, ServiceRequest, Unit
from shared.db import now
from shared.errors import Forbidden, Invalid
from shared.schemas.members import PersonErased, UnitsChanged
from tests.events.conftest import once
from tests.events.test_members_news import a_unit

CLERK = Asker(clerk=True)


@pytest.fixture
def service(db):
    """Call it to let a service exist, which no unit gives yet."""

    def service(number: int = 1, *, types=("elders",), **facts) -> FamilyService:
        words = {"name": f"服务{number}", "about": "", "skills": [], "things": [], "unit_kinds": []}
        made = matrix.add(db, number=number, types=types, **words | facts)
        db.commit()
        return made

    return service


@pytest.fixture
def ask(db, person):
    """Call it to let somebody ask for a service."""

    def ask(whom: FamilyService, who=None, **facts) -> ServiceRequest:
        whose = {"person_id": (who or person()).person_id} if "name" not in facts else {"person_id": None}
        made = requests.ask(db, whom, family_type="elders", **whose, **facts)
        db.commit()
        return made

    return ask


def cell(db, service: FamilyService, family_type: str = "elders"):
    db.expire_all()
    return next(one for one in matrix.matrix(db) if (one.service.id, one.family_type) == (service.id, family_type))


def officer(of: Unit) -> Asker:
    return Asker(units=frozenset({of.unit_id}))


def test_an_empty_cell_names_the_units_that_could_fill_it_and_why(db, unit, person, service):
    health, school, bank = unit("U06", kind="health"), unit("U04", kind="school"), unit("U12", kind="bank")
    person("医生", of=health, skills=["medicine"])
    person("老师", of=school, skills=["medicine", "teaching"])
    made = service(7, types=("elders", "minors"), skills=["medicine"], unit_kinds=["health"])
    matrix.give(db, made, family_type="minors", unit="U04", slots=4)

    empty = cell(db, made)

    assert (empty.state, empty.why) == ("empty", [{"code": "nobody_gives_it"}])
    assert [(one["unit"].code, [why["code"] for why in one["why"]]) for one in empty.candidates] == [
        ("U06", ["has_skill", "kind_of_unit", "light_load"]),
        ("U04", ["gives_it_to_others", "has_skill", "gives_already"]),
    ]
    assert bank.code not in {one["unit"].code for one in empty.candidates}
    assert cell(db, made, "adults").state == "none"


def test_a_unit_that_offers_it_comes_first_as_long_as_it_has_something_left(db, unit, person, service, offer):
    health, barber = unit("U06", kind="health"), unit("U11", kind="shops")
    person("医生", of=health, skills=["medicine"])
    offered = offer(barber, title="上门理发", kind="service", what="haircut", measure="times")
    made = service(9, skills=["medicine"], things=["haircut"], unit_kinds=["health"])

    named = cell(db, made).candidates
    assert [one["unit"].code for one in named] == ["U11", "U06"]
    assert named[0]["why"][0] == {"code": "offers_it", "title": "上门理发"}

    offers.withdraw(db, offered.id, reason="已满")
    assert [one["unit"].code for one in cell(db, made).candidates] == ["U06"]


def test_a_cell_with_more_asked_than_it_gives_is_thin(db, unit, service, ask):
    made = service()
    unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=1)
    assert cell(db, made).state == "ok"

    for _ in range(2):
        ask(made, name="王大爷")

    thin = cell(db, made)
    assert (thin.state, thin.why) == ("thin", [{"code": "more_asked_than_times", "asked": 2, "slots": 1}])


def test_the_matrix_takes_as_many_statements_for_ten_services_as_for_one(db, unit, service, person):
    person(of=unit("U06", kind="health"), skills=["medicine"])
    counts = []
    statements: list[str] = []
    event.listen(db.bind, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for number in range(1, 11):
        service(number, skills=["medicine"], types=("elders", "adults"))
        db.expire_all()
        statements.clear()
        matrix.matrix(db)
        counts.append(len(statements))

    assert counts[0] == counts[-1]


def test_nobody_learns_who_was_satisfied_from_a_few_answers(db, unit, service, ask):
    made = service()
    unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=9)
    shown = []
    for n in range(5):
        request = ask(made, name="王大爷")
        requests.finish(db, request.id, CLERK)
        requests.rate(db, request.id, CLERK, satisfied="yes" if n else "no")
        shown.append(cell(db, made).satisfaction)

    assert shown == [None, None, None, None, 80]


def test_a_request_reaches_the_unit_without_saying_who_asks(
    events, db, unit, liaison, service, person, token, published
):
    made, of = service(), unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=4)
    db.commit()
    asking = token(person("苏红梅").person_id)
    facts = {"family_type": "elders", "words": "想有人陪着去医院"}
    asked = events.post("/family-services/1/requests", json=facts, headers=once(asking)).json

    [(_, news)] = published("events.service_requested.v1")
    assert (news["owned"], news["unit_id"]) == (True, str(of.unit_id))
    assert "苏红梅" not in str(news)
    assert "医院" not in str(news)
    seen_by_unit = events.get("/service-requests", headers=liaison(of)).json["items"]
    assert [(one["name"], one["words"]) for one in seen_by_unit] == [("苏红梅", "想有人陪着去医院")]
    kept = db.execute(text("SELECT words FROM events.service_requests")).scalar_one()
    assert kept.startswith("v1.")
    others = events.get("/service-requests", headers=liaison(unit("U05"))).json["items"]
    assert others == []
    events.post(f"/service-requests/{asked['id']}/take", headers=liaison(of))
    assert published("events.service_answered.v1")[0][1]["result"] == "taken"


def test_a_request_for_which_there_is_no_unit_goes_to_the_desk(db, service, ask, published):
    ask(service())

    assert published("events.service_requested.v1")[0][1]["owned"] is False


def test_the_same_is_asked_for_once(db, service, ask, person):
    made, somebody = service(), person()
    ask(made, somebody)

    with pytest.raises(AskedAlready):
        ask(made, somebody)


def test_for_families_for_which_it_is_not_meant_nobody_asks(db, service, person):
    with pytest.raises(Invalid):
        requests.ask(db, service(), family_type="mobile", person_id=person().person_id)


def test_only_a_clerk_asks_for_somebody_by_name(events, service, person, token):
    service()
    facts = {"family_type": "elders", "name": "王大爷"}

    answer = events.post("/family-services/1/requests", json=facts, headers=once(token(person().person_id)))

    assert answer.status_code == 403


def test_what_is_done_is_not_refused_and_what_was_refused_is_unmet_in_the_matrix(db, unit, service, ask):
    made, of = service(), unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=4)
    done, refused = ask(made), ask(made)
    requests.finish(db, done.id, officer(of))
    with pytest.raises(WrongState):
        requests.refuse(db, done.id, officer(of), reason="x")

    requests.refuse(db, refused.id, officer(of), reason="人手不够")

    assert {"code": "unmet", "count": 1} in cell(db, made).why


def test_only_who_asked_says_whether_it_helped(db, unit, service, ask, person):
    made, of = service(), unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=4)
    asked = ask(made)
    requests.finish(db, asked.id, officer(of))

    with pytest.raises(Forbidden):
        requests.rate(db, asked.id, officer(of), satisfied="yes")


def test_thirty_days_later_nobody_knows_who_asked_and_it_is_still_counted(db, service, ask, tick):
    asked = ask(service(), name="王大爷", phone="10000000001", words="修灯")
    requests.finish(db, asked.id, CLERK)
    asked.closed_at = now() - timedelta(days=31)

    tick("events", "forget_who_asked")

    db.refresh(asked)
    assert (asked.name, asked.phone, asked.words, asked.state) == (None, None, None, "done")


def test_whoever_is_forgotten_asked_for_nothing(db, hear, service, ask, person):
    made, somebody = service(), person()
    ask(made, somebody)

    hear(PersonErased, person_id=somebody.person_id, erased_at=now())

    assert db.query(ServiceRequest).count() == 0


def test_what_a_unit_gave_that_left_is_an_empty_cell(db, hear, unit, service):
    made, of = service(), unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=4)

    hear(UnitsChanged, units=[a_unit(unit_id=of.unit_id, code="U13", active=False)])

    assert cell(db, made).state == "empty"


def test_older_news_that_a_unit_left_takes_nothing_from_it(db, hear, unit, service):
    made, of = service(), unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=4)

    hear(UnitsChanged, units=[a_unit(unit_id=of.unit_id, active=False, changed_at=now() - timedelta(days=9))])

    assert cell(db, made).state == "ok"


def test_for_whom_a_service_is_meant_can_change_and_who_gives_it_stays(db, unit, service):
    made = service(types=("elders", "adults"))
    unit("U13")
    matrix.give(db, made, family_type="elders", unit="U13", slots=4)

    matrix.change(db, made, types=["elders", "mobile"], name="新名字", about="", skills=[], things=[], unit_kinds=[])

    states = {one.family_type: one.state for one in matrix.matrix(db)}
    assert states == {"minors": "none", "adults": "none", "elders": "ok", "mobile": "empty"}
