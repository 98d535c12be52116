"""Who was there: one record of it, its source kept; undone."""

from datetime import timedelta
from uuid import uuid4

from services.events.domain.attendance import marks
from services.events.domain.sign_ups import behalf
from services.events.models import Guest
from shared.db import now
from tests.events.attendance.conftest import there
from tests.events.conftest import once
from tests.events.places import later, rules, sign_up_of


def test_the_leader_whom_the_unit_named_ticks_people_and_others_do_not(db, begun, move, person, token, clerk, tick_off):
    activity, goes = begun("来的", sign_up=rules(parts=[{"code": "leader", "most": 1}]))
    leader, other = person("领队"), person("旁人")
    desk = {"by": "clerk", "by_id": other.person_id, "asked": {"part": "leader"}}
    move(activity, days=1)
    behalf.by_desk(db, activity.id, person_id=leader.person_id, **desk)
    move(activity, days=-1)
    db.commit()

    assert tick_off(activity, goes, token(leader.person_id)).json["source"] == "leader"
    assert tick_off(activity, goes, token(other.person_id)).status_code == 403
    assert tick_off(activity, goes, clerk).status_code == 200
    assert there(db, activity) == [(goes.person_id, "leader")]


def test_taken_down_twice_is_once_and_the_first_source_stays(db, begun, clerk, tick_off):
    activity, goes = begun("来的")
    first = tick_off(activity, goes, clerk, source="door").json

    again = tick_off(activity, goes, clerk).json

    assert again == first
    assert there(db, activity) == [(goes.person_id, "door")]


def test_who_just_came_sees_that_they_were_there(events, begun, person, token, clerk, tick_off):
    activity, _ = begun("来的")
    came = person("路过的")
    where, who = f"/activities/{activity.id}/sign-up", token(came.person_id)
    assert events.get(where, headers=who).status_code == 404

    tick_off(activity, came, clerk)

    said = events.get(where, headers=who).json
    assert (said["state"], said["position"], bool(said["attended_at"])) == ("cancelled", None, True)


def test_what_is_undone_stays_undone_when_a_phone_reports_it_late(events, db, begun, clerk, tick_off):
    activity, goes = begun("没来的")
    mark = str(uuid4())
    tick_off(activity, goes, clerk, id=mark)
    assert events.delete(f"/activities/{activity.id}/attendance/{goes.person_id}", headers=clerk).status_code == 204

    late = tick_off(activity, goes, clerk, id=mark).json

    assert late["undone"]
    assert there(db, activity) == []
    assert not tick_off(activity, goes, clerk).json["undone"]  # they came after all


def test_an_id_is_one_persons_only(begun, clerk, tick_off):
    activity, first, second = begun("甲", "乙")
    mark = str(uuid4())
    tick_off(activity, first, clerk, id=mark)

    answer = tick_off(activity, second, clerk, id=mark)

    assert (answer.status_code, answer.json["title"]) == (409, "AlreadyTaken")


def test_before_it_begins_nobody_was_there(hold, person, clerk, tick_off):
    answer = tick_off(hold(**later()), person(), clerk)

    assert (answer.status_code, answer.json["title"]) == (409, "NotYet")


def test_months_later_nobody_is_taken_down_any_more(begun, move, clerk, tick_off):
    activity, goes = begun("甲")
    move(activity, days=-61)

    assert tick_off(activity, goes, clerk).json["title"] == "LongAgo"


def test_a_phone_whose_clock_is_wrong_puts_nobody_elsewhere_in_time(db, begun, clerk, tick_off):
    activity, goes = begun("甲")

    answer = tick_off(activity, goes, clerk, at=(now() - timedelta(days=400)).isoformat())

    assert answer.json["at"].startswith((activity.starts_at - marks.EARLY).isoformat()[:19])


def test_a_member_who_did_not_sign_up_can_be_there(db, begun, person, clerk, tick_off):
    [activity] = begun()
    walk_in = person("路过的")

    assert tick_off(activity, walk_in, clerk).status_code == 200
    assert there(db, activity) == [(walk_in.person_id, "leader")]


def test_nobody_unknown_was_there(events, begun, clerk):
    [activity] = begun()

    answer = events.put(f"/activities/{activity.id}/attendance/{uuid4()}", json={"id": str(uuid4())}, headers=clerk)

    assert answer.status_code == 404


def test_the_list_shows_who_signed_up_and_who_came_without(events, db, begun, person, clerk, tick_off):
    activity, came, _stayed = begun("来的", "没来的")
    walk_in = person("路过的")
    for somebody in (came, walk_in):
        tick_off(activity, somebody, clerk)

    rows = []
    cursor = ""
    while cursor is not None:  # page by page
        path = f"/activities/{activity.id}/attendance?limit=1" + (f"&cursor={cursor}" if cursor else "")
        found = events.get(path, headers=clerk).json
        rows += found["items"]
        cursor = found["next"]

    seen = [(row["person"]["name"], row["state"], row["attended"] and row["attended"]["source"]) for row in rows]
    assert seen == [("来的", "going", "leader"), ("没来的", "going", None), ("路过的", None, "leader")]


def test_a_guest_of_the_desk_is_ticked_like_anybody(events, db, hold, move, clerk):
    activity = hold(**later())
    events.post(f"/activities/{activity.id}/guests", json={"name": "张大爷"}, headers=once(clerk))
    move(activity, days=-5, minutes=-30)
    [row] = events.get(f"/activities/{activity.id}/attendance", headers=clerk).json["items"]
    assert (row["person"]["name"], row["guest"]) == ("张大爷", True)

    path = f"/activities/{activity.id}/attendance/{row['person']['id']}"
    assert events.put(path, json={"id": str(uuid4())}, headers=clerk).status_code == 200
    assert sign_up_of(db, activity, db.query(Guest).one().id).state == "going"
