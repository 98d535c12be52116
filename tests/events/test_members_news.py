"""What members tells: people, units, places and groups as they are now."""

from datetime import timedelta

from services.events.domain import sign_ups
from services.events.models import Label, Person, SignUp, Unit
from shared.db import now
from shared.schemas.members import LabelsChanged, PeopleChanged, UnitsChanged
from tests.events.conftest import a_member


def news_of(person: Person | None = None, **facts) -> dict:
    known = {name: getattr(person, name) for name in a_member("")} if person else a_member("李建国")
    return known | {"phone": None, "email": None, "changed_at": now()} | facts


def a_unit(**facts) -> dict:
    known = {"code": "U02", "name": "体工二大队党支部", "kind": "sports", "needs_approval": True, "active": True}
    return known | {"changed_at": now()} | facts


def test_people_are_known_as_members_last_told(db, hear):
    news = news_of(skills=["law"])
    hear(PeopleChanged, people=[news])
    hear(PeopleChanged, people=[news | {"name": "旧名", "changed_at": news["changed_at"] - timedelta(days=1)}])

    assert db.get(Person, news["person_id"]).name == "李建国"


def test_whoever_leaves_gives_their_seats_to_who_waits(db, hear, hold, person, published):
    activity, leaving, waiting = hold(capacity=1), person("走的人"), person("等的人")
    for somebody in (leaving, waiting):
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)

    hear(PeopleChanged, people=[news_of(leaving, active=False)])

    states = {row.person_id: row.state for row in db.query(SignUp)}
    assert states == {leaving.person_id: "cancelled", waiting.person_id: "going"}
    assert published("events.sign_up_changed.v1")[-1][1]["state"] == "moved_up"


def test_a_past_seat_stays_on_record(db, hear, hold, person, move):
    activity, leaving = hold(), person()
    sign_ups.sign_up(db, activity.id, person_id=leaving.person_id)
    move(activity, days=-2)

    hear(PeopleChanged, people=[news_of(leaving, active=False)])

    assert db.query(SignUp).one().state == "going"


def test_units_are_known_and_older_news_is_ignored(db, hear, unit):
    known = unit("U02")
    hear(UnitsChanged, units=[a_unit(unit_id=known.unit_id)])
    hear(UnitsChanged, units=[a_unit(unit_id=known.unit_id, name="旧名", changed_at=now() - timedelta(days=1))])

    now_known = db.get(Unit, known.unit_id)
    assert (now_known.name, now_known.needs_approval) == ("体工二大队党支部", True)


def test_waiving_approval_lets_the_unit_publish_by_itself(hear, unit, hold):
    owner = unit(needs_approval=True)
    assert hold(owner).state == "submitted"

    hear(UnitsChanged, units=[a_unit(unit_id=owner.unit_id, needs_approval=False)])

    assert hold(owner).state == "published"


def test_labels_are_known_by_kind_and_code(db, hear):
    zone = {"kind": "zone", "code": "C1-Z1", "name": "一区", "parent_code": "C1"}
    hear(LabelsChanged, labels=[zone, {"kind": "group", "code": "C1-Z1", "name": "同名的组"}])
    hear(LabelsChanged, labels=[zone | {"active": False}])

    assert {(row.kind, row.active) for row in db.query(Label)} == {("zone", False), ("group", True)}
