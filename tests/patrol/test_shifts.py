"""What a phone gets for its way, what it says of it, and who sees it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.patrol.models import Squad, SquadMember, Stop
from shared.db import now


@pytest.fixture
def outsider(db, person):
    """Somebody of another squad."""
    person_id = person("外队的人")
    other = Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=person("外队队长"), zone="C1")
    other.members = [SquadMember(person_id=person_id)]
    db.add(other)
    db.commit()
    return person_id


def test_the_sheet_has_all_that_a_phone_needs_without_network(
    db, patrol, token, squad, shift, checkpoint, walker, plan, leader
):
    gate, shed = checkpoint(1, "体院东门"), checkpoint(7)
    squad.stops = [Stop(position=1, checkpoint_id=shed.id), Stop(position=2, checkpoint_id=gate.id)]
    plan(-600, state="ended", ended_at=now() - timedelta(hours=8), ended_by=leader, handover="南口路灯不亮")
    db.commit()

    answer = patrol.get("/me/shifts", headers=token(walker))

    sheet = answer.json["items"][-1]
    assert sheet["squad"]["name"] == "夜安一队"
    assert [stop["name"] for stop in sheet["checkpoints"]] == ["自行车棚", "体院东门"]
    assert {member["name"] for member in sheet["crew"]} == {"苏红梅", "高秀英"}
    assert (sheet["handover_before"]["text"], sheet["handover_before"]["by"]) == ("南口路灯不亮", "郭建国")
    assert shed.qr_token not in answer.text


def test_the_note_of_the_last_shift_in_the_same_zone_is_handed_over(db, patrol, token, shift, walker, outsider, plan):
    other = db.query(Squad).filter_by(code="YA2").one()
    ended = {"state": "ended", "ended_by": outsider}
    plan(-900, of=other, crew=[outsider], ended_at=now() - timedelta(hours=13), handover="更早的", **ended)
    plan(-600, of=other, crew=[outsider], ended_at=now() - timedelta(hours=8), handover="锅炉房有人", **ended)
    db.commit()

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]

    assert sheet["handover_before"]["text"] == "锅炉房有人"


def test_a_squad_without_a_route_walks_its_zone(patrol, token, shift, checkpoint, walker):
    checkpoint(2, "热力站", "C1")
    checkpoint(3, "别处", "C2")

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]

    assert [stop["name"] for stop in sheet["checkpoints"]] == ["热力站"]


def test_everybody_sees_their_squads_shifts_and_the_desk_all(patrol, token, shift, walker, leader, outsider, desk):
    def seen(person_id):
        return len(patrol.get("/shifts", headers=token(person_id)).json["items"])

    assert [seen(walker), seen(leader), seen(desk), seen(outsider)] == [1, 1, 1, 0]
    assert patrol.get(f"/shifts/{shift.id}", headers=token(walker)).status_code == 200
    assert patrol.get(f"/shifts/{shift.id}", headers=token(outsider)).status_code == 404


def test_the_roster_is_searched_by_time_squad_and_state(patrol, token, desk, plan, squad):
    plan(-30, state="active")
    plan(7 * 24 * 60)

    def found(**asked):
        return len(patrol.get("/shifts", query_string=asked, headers=token(desk)).json["items"])

    tomorrow = (now() + timedelta(days=1)).isoformat()
    assert found() == 2
    assert found(to=tomorrow) == found(state="active") == 1
    assert found(**{"from": tomorrow}) == 1
    assert found(squad=str(squad.id)) == 2
    assert found(squad=str(uuid4())) == 0
    assert patrol.get("/shifts?state=asleep", headers=token(desk)).status_code == 422


def test_a_shift_is_started_and_ended_over_http(patrol, token, plan, walker, companion, published):
    shift = plan(-5)

    for person_id in (walker, companion):
        started = patrol.post(
            f"/shifts/{shift.id}/start", json={"at": now(), "device_id": "p"}, headers=token(person_id)
        )
        assert (started.status_code, started.json["state"]) == (200, "active")
    ended = patrol.post(f"/shifts/{shift.id}/end", json={"at": now(), "handover": "平安"}, headers=token(walker))

    assert (ended.json["state"], ended.json["handover"]) == ("ended", "平安")
    assert [topic for topic, _ in published()] == ["patrol.shift_started.v1", "patrol.shift_ended.v1"]


def test_another_squads_shift_is_not_there(patrol, token, shift, outsider):
    by = token(outsider)
    body = {"at": now(), "shift_id": str(shift.id)}

    assert patrol.post(f"/shifts/{shift.id}/start", json={"at": now()}, headers=by).status_code == 404
    assert patrol.post(f"/shifts/{shift.id}/end", json={"at": now()}, headers=by).status_code == 404
    assert patrol.put(f"/check-ins/{uuid4()}", json=body, headers=by).status_code == 404
    assert patrol.patch(f"/shifts/{shift.id}", json={}, headers=by | {"If-Match": "*"}).status_code == 404
    assert patrol.post(f"/shifts/{shift.id}/cancel", json={"reason": "x"}, headers=by).status_code == 404


def test_one_check_in_by_itself(patrol, token, shift, walker, checkpoint):
    checkpoint(7)
    url, body = f"/check-ins/{uuid4()}", {"at": now().isoformat(), "shift_id": str(shift.id), "number": 7}

    first, again = (patrol.put(url, json=body, headers=token(walker)) for _ in range(2))
    other = patrol.put(url, json={**body, "note": "x"}, headers=token(walker))
    unknown = patrol.put(f"/check-ins/{uuid4()}", json={**body, "number": 999}, headers=token(walker))

    assert (first.status_code, first.json["outcome"], first.json["time_quality"]) == (200, "stored", "device")
    assert (again.status_code, again.json["outcome"]) == (200, "duplicate")
    assert (other.status_code, other.json["title"]) == (409, "AlreadyReported")
    assert (unknown.status_code, unknown.json["title"]) == (422, "UnknownCheckpoint")


def test_a_check_in_after_the_end_is_refused(patrol, token, plan, walker):
    ended = plan(state="ended", ended_at=now() - timedelta(minutes=10), ended_by=walker)
    body = {"at": now(), "shift_id": str(ended.id)}

    answer = patrol.put(f"/check-ins/{uuid4()}", json=body, headers=token(walker))

    assert (answer.status_code, answer.json["title"]) == (409, "ShiftEnded")


def test_trouble_is_taken_and_closed_by_who_answers_for_it(patrol, token, shift, walker, leader, outsider, desk):
    trouble_id = uuid4()
    body = {"at": now(), "shift_id": str(shift.id), "trouble": {"kind": "lamp", "place": "南口", "words": "不亮"}}
    assert patrol.put(f"/troubles/{trouble_id}", json=body, headers=token(outsider)).status_code == 404
    assert patrol.put(f"/troubles/{trouble_id}", json=body, headers=token(walker)).status_code == 200

    refused = [patrol.post(f"/troubles/{trouble_id}/take", headers=token(id)).status_code for id in (walker, outsider)]
    taken = patrol.post(f"/troubles/{trouble_id}/take", headers=token(leader))
    closed = patrol.post(f"/troubles/{trouble_id}/close", json={"note": "已换灯"}, headers=token(desk))
    again = patrol.post(f"/troubles/{trouble_id}/take", headers=token(desk))

    assert refused == [404, 404]
    assert (taken.json["state"], taken.json["reporter"], taken.json["squad"]) == ("taken", "苏红梅", "夜安一队")
    assert (closed.json["state"], closed.json["note"]) == ("closed", "已换灯")
    assert (again.status_code, again.json["title"]) == (409, "TroubleClosed")


def test_a_key_of_a_unit_is_no_person(patrol, token, walker):
    assert patrol.get("/me/shifts").status_code == 401
    assert patrol.get("/board", headers=token(walker)).status_code == 403
