"""Needs are taken on, whole or in part, alone or together; delivered, given back, closed."""

from datetime import timedelta

import pytest

from services.events.domain import claims, needs, projects
from services.events.models import Claim, Need, Offer, Project
from shared.db import now
from shared.schemas.members import UnitsChanged
from tests.events.conftest import once, seen
from tests.events.lists_fixtures import words


def test_a_unit_writes_a_need_publishes_it_and_everybody_sees_it(events, unit, liaison, person, token):
    officer, anybody = liaison(unit("U02")), token(person("路人").person_id)
    written = events.post("/needs", json=words(), headers=once(officer))
    assert (written.status_code, written.json["state"]) == (201, "draft")
    assert events.get(f"/needs/{written.json['id']}", headers=anybody).status_code == 404

    published = events.post(f"/needs/{written.json['id']}/publish", headers=seen(officer, written.json))

    assert published.json["state"] == "published"
    listed = events.get("/needs", headers=anybody).json["items"]
    assert [(each["id"], each["mine"], each["left"]) for each in listed] == [(written.json["id"], False, 5)]


def test_what_a_member_needs_waits_for_a_clerk(events, person, token, clerk):
    member = token(person().person_id)
    written = events.post("/needs", json=words(for_me=True), headers=once(member)).json

    waiting = events.post(f"/needs/{written['id']}/publish", headers=seen(member, written)).json
    published = events.post(f"/needs/{written['id']}/publish", headers=seen(clerk, waiting)).json

    assert (waiting["state"], published["state"]) == ("verify", "published")


def test_others_learn_the_compound_of_a_member_and_not_the_entrance(events, person, token, clerk, labels):
    labels("place", "C1")
    member, other = token(person().person_id), token(person("别人").person_id)
    place = {"compound": "C1", "building": "C1-B1", "entrance": "C1-B1-E1"}
    written = events.post("/needs", json=words(for_me=True, place=place), headers=once(member)).json
    events.post(f"/needs/{written['id']}/publish", headers=clerk | {"If-Match": "*"})

    assert events.get(f"/needs/{written['id']}", headers=member).json["place"] == place
    assert events.get(f"/needs/{written['id']}", headers=clerk).json["place"] == place
    seen_by_others = events.get(f"/needs/{written['id']}", headers=other).json["place"]
    assert seen_by_others == {"compound": "C1", "building": None, "entrance": None}


def test_a_claim_of_five_when_three_are_left_is_told_how_many_are_left(events, need, take, unit, liaison):
    chairs, officer = need(amount=5), liaison(unit("U03"))
    take(chairs, 2)

    refused = events.post(f"/needs/{chairs.id}/claims", json={"amount": 5}, headers=once(officer))
    taken = events.post(f"/needs/{chairs.id}/claims", json={"amount": 3}, headers=once(officer))
    late = events.post(f"/needs/{chairs.id}/claims", json={"amount": 1}, headers=once(officer))

    assert (refused.status_code, refused.json["title"], refused.json["left"]) == (409, "OnlyLeft", 3)
    assert (taken.status_code, taken.json["state"]) == (201, "open")
    assert (late.status_code, late.json["left"]) == (409, 0)


def test_an_offer_gives_what_it_has_and_no_more(db, events, need, offer, unit, liaison):
    giver = unit("U04")
    chairs, stock, officer = need(amount=5), offer(giver, amount=3), liaison(giver)

    too_much = events.post(
        f"/needs/{chairs.id}/claims", json={"amount": 4, "offer_id": str(stock.id)}, headers=once(officer)
    )
    fine = events.post(
        f"/needs/{chairs.id}/claims", json={"amount": 3, "offer_id": str(stock.id)}, headers=once(officer)
    )

    assert (too_much.json["title"], too_much.json["of"], too_much.json["left"]) == ("OnlyLeft", "offer", 3)
    assert fine.status_code == 201
    db.expire_all()
    assert (db.get(Offer, stock.id).left, db.get(Need, chairs.id).left) == (0, 2)


def test_an_offer_of_somebody_else_cannot_be_promised(events, need, offer, unit, liaison):
    chairs, foreign, officer = need(), offer(), liaison(unit("U05"))

    refused = events.post(
        f"/needs/{chairs.id}/claims", json={"amount": 1, "offer_id": str(foreign.id)}, headers=once(officer)
    )

    assert refused.json["errors"] == {"offer_id": [{"code": "unknown"}]}


def test_nobody_takes_on_what_they_need_themselves(events, need, unit, liaison):
    own = unit("U06")

    refused = events.post(f"/needs/{need(own).id}/claims", json={"amount": 1}, headers=once(liaison(own)))

    assert refused.json["title"] == "OwnNeed"


def test_units_take_on_a_need_together_and_stand_on_its_project(events, need, unit, liaison, published):
    first, second, third = unit("U11"), unit("U12"), unit("U13")
    chairs = need()
    body = {"amount": 5, "together": ["U12", "U13"]}
    made = events.post(f"/needs/{chairs.id}/claims", json=body, headers=once(liaison(first))).json
    assert {str(second.unit_id), str(third.unit_id)} == set(published("events.need_claimed.v1")[0][1]["asked_unit_ids"])

    events.post(f"/claims/{made['id']}/join", json={"agrees": True}, headers=liaison(second))
    joined = events.post(f"/claims/{made['id']}/join", json={"agrees": False}, headers=liaison(third)).json
    stranger = events.post(f"/claims/{made['id']}/join", json={"agrees": True}, headers=liaison(unit("U14")))

    assert {each["unit"]["code"]: each["agrees"] for each in joined["together"]} == {"U12": True, "U13": False}
    assert stranger.status_code == 403
    project = events.get(f"/projects?need={chairs.id}", headers=liaison(first)).json["items"][0]
    assert [each["code"] for each in project["units"]] == ["U11", "U12"]
    assert project["state"] == "planned"


def test_with_an_unknown_unit_nobody_takes_on_anything(events, need, unit, liaison):
    body = {"amount": 1, "together": ["U99"]}

    refused = events.post(f"/needs/{need().id}/claims", json=body, headers=once(liaison(unit("U15"))))

    assert refused.json["errors"] == {"together": [{"code": "unknown", "values": ["U99"]}]}


def test_a_need_is_met_when_all_is_delivered_and_closed_by_whose_need_it_is(events, need, unit, liaison, db):
    home, giver = unit("U16"), unit("U17")
    chairs, owner, helper = need(home, amount=2), liaison(home), liaison(giver)
    made = events.post(f"/needs/{chairs.id}/claims", json={"amount": 2}, headers=once(helper)).json

    early = events.put(f"/needs/{chairs.id}/confirmation", json={}, headers=owner)
    events.post(f"/claims/{made['id']}/deliver", headers=helper)
    met = events.get(f"/needs/{chairs.id}", headers=owner).json["state"]
    by_helper = events.put(f"/needs/{chairs.id}/confirmation", json={}, headers=helper)
    closed = events.put(f"/needs/{chairs.id}/confirmation", json={}, headers=owner)

    assert (early.status_code, early.json["title"]) == (409, "NotNow")
    assert (met, by_helper.status_code, closed.json["state"]) == ("met", 403, "closed")
    assert db.query(Project).filter_by(need_id=chairs.id).one().state == "confirmed"


def test_what_is_given_back_is_free_again_and_its_owner_is_told(events, need, offer, unit, liaison, published, db):
    home, giver = unit("U18"), unit("U19")
    chairs, stock = need(home), offer(giver)
    body = {"amount": 5, "offer_id": str(stock.id)}
    made = events.post(f"/needs/{chairs.id}/claims", json=body, headers=once(liaison(giver))).json

    back = events.post(f"/claims/{made['id']}/withdraw", json={"reason": "车坏了"}, headers=liaison(giver))

    assert back.json["state"] == "withdrawn"
    db.expire_all()
    assert (db.get(Need, chairs.id).left, db.get(Need, chairs.id).state) == (5, "published")
    assert db.get(Offer, stock.id).left == 5
    told = published("events.claim_given_back.v1")[0][1]
    assert (told["unit_ids"], told["reason"]) == ([str(home.unit_id)], "车坏了")


def test_a_need_that_is_withdrawn_tells_those_who_took_it_on(events, need, take, unit, liaison, published, db):
    home, helper = unit("U21"), unit("U22")
    chairs = need(home)
    made = take(chairs, 2, by=helper)

    gone = events.post(
        f"/needs/{chairs.id}/withdraw", json={"reason": "已经买了"}, headers=liaison(home) | {"If-Match": "*"}
    )
    late = events.post(f"/needs/{chairs.id}/claims", json={"amount": 1}, headers=once(liaison(helper)))

    assert gone.json["state"] == "withdrawn"
    db.expire_all()
    assert db.get(Claim, made.id).state == "withdrawn"
    told = published("events.need_closed.v1")[0][1]
    assert str(helper.unit_id) in told["unit_ids"]
    assert (late.status_code, late.json["title"], late.json["state"]) == (409, "NotNow", "withdrawn")


def test_a_need_does_not_shrink_below_what_is_taken(events, need, take, unit, liaison):
    home = unit("U23")
    chairs = need(home, amount=5)
    take(chairs, 4)

    refused = events.put(f"/needs/{chairs.id}", json=words(amount=3), headers=liaison(home) | {"If-Match": "*"})

    assert refused.json["errors"] == {"amount": [{"code": "taken", "min": 4}]}


def test_a_need_that_ends_before_it_starts_and_a_compound_that_is_none_are_refused(events, unit, liaison):
    officer = liaison(unit("U24"))
    times = {"wanted_from": (now() + timedelta(days=2)).isoformat(), "wanted_until": now().isoformat()}

    refused = events.post("/needs", json=words(place={"compound": "C77"}, **times), headers=once(officer))

    assert refused.json["errors"] == {
        "until": [{"code": "ends_before_start"}],
        "place.compound": [{"code": "unknown", "values": ["C77"]}],
    }


def test_a_unit_that_leaves_takes_its_offers_along_and_gives_back_what_it_took_on(
    need, offer, take, unit, hear, published, db
):
    home, leaver = unit("U31"), unit("U32")
    chairs, stock, own = need(home), offer(leaver), need(leaver)
    made = take(chairs, 2, by=leaver, offer_id=stock.id)
    facts = {"name": "走了", "kind": "other", "needs_approval": False}

    hear(
        UnitsChanged,
        units=[{"unit_id": leaver.unit_id, "code": "U32", "active": False, "changed_at": now(), **facts}],
    )

    assert db.get(Offer, stock.id).state == "withdrawn"
    assert (db.get(Claim, made.id).state, db.get(Claim, made.id).reason) == ("withdrawn", "left")
    assert (db.get(Need, chairs.id).left, db.get(Need, own.id).state) == (5, "withdrawn")
    assert published("events.claim_given_back.v1")[0][1]["unit_ids"] == [str(home.unit_id)]


def test_what_nobody_took_on_for_a_fortnight_goes_to_the_joint_meeting_until_somebody_does(
    need, take, published, tick, settle, db, members, clerk
):
    from services.events import schedules  # noqa: F401  importing registers

    old, fresh, taken = need(title="没人认领"), need(), need()
    take(taken, 1)
    for each in (old, taken):
        each.published_at = now() - needs.PATIENCE
    db.commit()

    tick("events", "bring_unmatched_needs_to_the_joint_meeting")
    tick("events", "bring_unmatched_needs_to_the_joint_meeting")

    assert [payload["need_id"] for _, payload in published("events.need_unmatched.v1")] == [str(old.id)]
    assert fresh.unmatched_at is None
    settle()
    assert [each["title"] for each in members.get("/agenda", headers=clerk).json["items"]] == ["没人认领"]
    db.expire_all()
    take(old, 1)
    settle()
    assert members.get("/agenda", headers=clerk).json["items"] == []


def test_steps_set_a_project_going_and_strangers_cannot_touch_it(events, unit, liaison, db):
    home = unit("U41")
    made = events.post("/projects", json={"title": "修亭子"}, headers=once(liaison(home))).json
    body = {"title": "修亭子", "steps": [{"text": "买料", "done": True}]}

    going = events.put(f"/projects/{made['id']}", json=body, headers=seen(liaison(home), made))
    stranger = events.put(f"/projects/{made['id']}", json=body, headers=liaison(unit("U42")) | {"If-Match": "*"})
    over = events.put(
        f"/projects/{made['id']}", json=body | {"state": "done"}, headers=liaison(home) | {"If-Match": "*"}
    )

    assert (going.json["state"], stranger.status_code, over.json["state"]) == ("running", 403, "done")


@pytest.mark.parametrize("amount", [0, -1, 100_001, "viele"])
def test_an_amount_that_is_none_is_refused(events, need, unit, liaison, amount):
    refused = events.post(f"/needs/{need().id}/claims", json={"amount": amount}, headers=once(liaison(unit("U51"))))

    assert (refused.status_code, list(refused.json["errors"])) == (422, ["amount"])


def test_a_claim_waits_for_no_ghost(db, need, take):
    made = take(need())

    claims.withdraw(db, made.id, reason="x")

    assert projects.with_units(db, db.query(Project).all())[0].units == ()
