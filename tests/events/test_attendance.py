"""Who was there: four ways, one record of it, its source kept; undone; credited."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.domain import sign_ups
from services.events.domain.attendance import codes, marks, sheets
from services.events.domain.sign_ups import behalf
from services.events.models import Attendance, Guest
from shared.db import now
from tests.events.conftest import once
from tests.events.places import later, rules, sign_up_of

HOUR = timedelta(hours=1)


@pytest.fixture
def begun(db, hold, person, move):
    """Call it for an activity that began half an hour ago, and those who signed up for it."""

    def begun(*names: str, of=None, **facts):
        activity = hold(of, **later() | facts)
        people = [person(name) for name in names]
        for somebody in people:
            sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        move(activity, days=-5, minutes=-30)
        return activity, *people

    return begun


@pytest.fixture
def tick_off(events):
    """Call it to let somebody with these headers tick a person."""

    def tick_off(activity, somebody, headers, **facts):
        path = f"/activities/{activity.id}/attendance/{somebody.person_id}"
        return events.put(path, json={"id": str(uuid4()), **facts}, headers=headers)

    return tick_off


def there(db, activity) -> list[tuple]:
    rows = db.query(Attendance).filter_by(activity_id=activity.id, undone_at=None).populate_existing().all()
    return sorted((row.person_id, row.source) for row in rows)


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


def test_who_reads_the_code_where_it_is_shown_was_there(events, db, begun, clerk, token):
    activity, goes = begun("甲")
    shown = events.get(f"/activities/{activity.id}/code", headers=clerk).json
    assert shown["code"] in shown["url"]
    assert shown["svg"].startswith("<svg")

    answer = events.put(
        f"/activities/{activity.id}/attend", json={"code": shown["code"]}, headers=token(goes.person_id)
    )

    assert (answer.status_code, answer.json["source"]) == (200, "scan")


def test_a_code_is_good_for_a_minute_and_a_half_at_most(server):
    activity_id, then = uuid4(), now()
    code = codes.current(activity_id, then).code

    good = [codes.good(activity_id, code, then + timedelta(seconds=seconds)) for seconds in (0, 29, 91)]

    assert good == [True, True, False]


def test_each_activity_has_codes_of_its_own(server):
    shown = {codes.current(uuid4()).code for _ in range(30)}

    assert len(shown) > 25


def test_wrong_codes_are_counted_and_after_ten_the_right_one_does_not_help(events, begun, token):
    activity, goes = begun("甲")
    path, headers = f"/activities/{activity.id}/attend", token(goes.person_id)
    right = codes.current(activity.id).code
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    titles = [events.put(path, json={"code": wrong}, headers=headers).json["title"] for _ in range(10)]
    answer = events.put(path, json={"code": codes.current(activity.id).code}, headers=headers)

    assert set(titles) == {"WrongCode"}
    assert (answer.status_code, answer.json["title"]) == (409, "TooManyTries")


@pytest.mark.parametrize("code", ["12345", "1234567", "12345x", "", "１２３４５６"])
def test_what_is_no_code_is_refused_by_its_form(events, begun, token, code):
    activity, goes = begun("甲")

    answer = events.put(f"/activities/{activity.id}/attend", json={"code": code}, headers=token(goes.person_id))

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["code"])


@pytest.fixture
def door(events, clerk):
    """Call it to let the phone at the door send what it kept."""

    def door(*items: dict) -> list[str]:
        answer = events.put("/attendance/uploads", json={"device_id": "门口", "items": list(items)}, headers=clerk)
        return [item["verdict"] for item in answer.json["items"]]

    return door


def kept(activity, somebody, **facts) -> dict:
    """A mark as a phone keeps it."""
    return {"id": str(uuid4()), "activity_id": str(activity.id), "person_id": str(somebody.person_id), **facts}


def test_what_the_door_kept_without_network_arrives_once_however_often_it_is_sent(db, begun, door):
    activity, first, second = begun("甲", "乙")
    items = [kept(activity, one, at=(now() - HOUR / 4).isoformat()) for one in (first, second)]

    assert door(*items) == ["accepted", "accepted"]
    assert door(*reversed(items)) == ["duplicate", "duplicate"]
    assert {source for _, source in there(db, activity)} == {"door"}


def test_one_item_that_is_refused_keeps_no_other_from_being_taken(db, begun, hold, door):
    activity, goes = begun("甲")
    stranger = kept(activity, goes) | {"person_id": str(uuid4())}
    elsewhere = kept(activity, goes) | {"activity_id": str(uuid4())}
    too_early = kept(hold(**later()), goes)

    assert door(stranger, elsewhere, too_early, kept(activity, goes)) == ["refused"] * 3 + ["accepted"]


def test_an_undoing_that_arrives_before_what_it_undoes_holds(db, begun, door):
    activity, goes = begun("甲")
    mark = kept(activity, goes)

    assert door(mark | {"undone": True}) == ["accepted"]
    assert door(mark) == ["duplicate"]
    assert there(db, activity) == []


def test_somebody_from_another_unit_sends_nothing(events, begun, unit, liaison):
    activity, goes = begun("甲")
    body = {"items": [kept(activity, goes)]}

    answer = events.put("/attendance/uploads", json=body, headers=liaison(unit("U77")))

    assert answer.json["items"][0]["problem"] == "Forbidden"


@pytest.fixture
def paper(events, clerk):
    """Call it to print a sheet."""
    return lambda activity: events.post(f"/activities/{activity.id}/sheets", headers=once(clerk)).json


@pytest.fixture
def typed(events, clerk):
    """Call it to type in rows of a sheet."""

    def typed(sheet, *rows: dict):
        return events.post(f"/sheets/{sheet['number']}/rows", json={"rows": list(rows)}, headers=clerk)

    return typed


def test_what_is_typed_in_from_paper_keeps_that_it_is_from_paper(events, db, begun, paper, typed, clerk):
    activity, _first, _second = begun("甲", "乙")
    sheet = paper(activity)
    assert [row["name"] for row in sheet["rows"]] == ["甲", "乙", *[""] * sheets.BLANK]

    rows = [{"n": row["n"], "check": row["check"]} for row in sheet["rows"][:1]]
    answer = typed(sheet, *rows, {"n": 3, "name": "写在空行里的人"})
    again = typed(sheet, *rows, {"n": 3, "name": "写在空行里的人"})

    assert answer.json == again.json
    assert [row["present"] for row in again.json["rows"][:4]] == [True, False, True, False]
    assert len(there(db, activity)) == 2
    assert {source for _, source in there(db, activity)} == {"sheet"}
    assert db.query(Guest).filter_by(activity_id=activity.id).one().name == "写在空行里的人"


@pytest.mark.parametrize(
    ("row", "field"),
    [({"n": 99}, "rows.0.n"), ({"n": 1, "check": -1}, "rows.0.check"), ({"n": 3}, "rows.0.name")],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_taken_down(db, begun, paper, typed, row, field):
    activity, _goes = begun("甲")
    sheet = paper(activity)
    right = sheet["rows"][0]["check"]
    row = row | ({"check": (right + 1) % 10} if row.get("check") == -1 else {})

    answer = typed(sheet, row, {"n": 1})

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert there(db, activity) == []


def test_a_row_typed_by_mistake_is_taken_back(db, begun, paper, typed):
    activity, goes = begun("甲")
    sheet = paper(activity)
    typed(sheet, {"n": 1})

    typed(sheet, {"n": 1, "present": False})

    assert there(db, activity) == []
    typed(sheet, {"n": 1})
    assert there(db, activity) == [(goes.person_id, "sheet")]


def test_the_paper_has_a_row_for_each_and_runs_no_script(events, begun, paper, clerk):
    activity, _goes = begun("甲<script>")
    sheet = paper(activity)

    page = events.get(f"/sheets/{sheet['number']}/paper", headers=clerk)

    assert page.status_code == 200
    assert "甲&lt;script&gt;" in page.text
    assert page.text.count("<tr><td") == 1 + sheets.BLANK
    assert "script" not in page.headers["Content-Security-Policy"].replace("default-src", "")


def test_a_sheet_of_another_unit_is_not_theirs(events, begun, paper, unit, liaison):
    activity, _ = begun("甲")
    sheet = paper(activity)

    for path in ("", "/paper"):
        assert events.get(f"/sheets/{sheet['number']}{path}", headers=liaison(unit("U78"))).status_code == 403
    assert events.get("/sheets/999999999", headers=liaison(unit("U79"))).status_code == 404


@given(number=st.integers(1, 10**7), n=st.integers(1, 999), place=st.integers(0, 9), other=st.integers(1, 9))
def test_one_wrong_digit_changes_the_check_digit(number, n, place, other):
    digits = f"{number}{n:03}"
    at = place % len(digits)
    wrong = digits[:at] + str((int(digits[at]) + other) % 10) + digits[at + 1 :]

    assert sheets.check_digit(int(wrong[:-3] or 0), int(wrong[-3:])) != sheets.check_digit(number, n) or wrong[0] == "0"


@pytest.fixture
def finish(events, clerk):
    def finish(activity, **how):
        return events.post(f"/activities/{activity.id}/finish", json=how, headers=clerk)

    return finish


def test_when_it_is_over_whoever_was_there_is_credited_by_source(
    begun, clerk, tick_off, paper, typed, finish, published
):
    activity, ticked, on_paper, _absent = begun("甲", "乙", "丙")
    sheet = paper(activity)
    tick_off(activity, ticked, clerk)
    typed(sheet, {"n": 2}, {"n": 4, "name": "没有账号的人"})

    answer = finish(activity)

    assert answer.json["finished_at"]
    told = [(news["provenance"], news["person_ids"], news["minutes"]) for _, news in credited(published)]
    assert told == [("measured", [str(ticked.person_id)], 120), ("paper", [str(on_paper.person_id)], 120)]


def credited(published) -> list:
    return published("events.attendance_credited.v1")


def test_finished_twice_is_credited_once_and_other_minutes_are_told(begun, clerk, tick_off, finish, published):
    activity, goes = begun("甲")
    tick_off(activity, goes, clerk)

    finish(activity)
    finish(activity)
    finish(activity, minutes=90)

    assert [news["minutes"] for _, news in credited(published)] == [120, 90]


def test_who_is_taken_down_after_the_end_is_credited_and_who_is_undone_is_not(
    events, begun, clerk, tick_off, finish, published
):
    activity, goes = begun("甲")
    finish(activity, minutes=60)
    tick_off(activity, goes, clerk)
    assert [news["person_ids"] for _, news in credited(published)] == [[str(goes.person_id)]]

    events.delete(f"/activities/{activity.id}/attendance/{goes.person_id}", headers=clerk)

    [(_, back)] = published("events.attendance_withdrawn.v1")
    assert back["person_ids"] == [str(goes.person_id)]


def test_what_has_not_begun_is_not_over(hold, finish):
    assert finish(hold(**later())).json["title"] == "NotBegun"


def test_an_activity_of_a_test_key_credits_nobody(db, begun, clerk, tick_off, finish, published):
    activity, goes = begun("甲", reach="guests")
    tick_off(activity, goes, clerk)

    finish(activity)

    assert credited(published) == []


def test_a_guest_of_the_desk_is_ticked_like_anybody(events, db, hold, move, clerk):
    activity = hold(**later())
    events.post(f"/activities/{activity.id}/guests", json={"name": "张大爷"}, headers=once(clerk))
    move(activity, days=-5, minutes=-30)
    [row] = events.get(f"/activities/{activity.id}/attendance", headers=clerk).json["items"]
    assert (row["person"]["name"], row["guest"]) == ("张大爷", True)

    path = f"/activities/{activity.id}/attendance/{row['person']['id']}"
    assert events.put(path, json={"id": str(uuid4())}, headers=clerk).status_code == 200
    assert sign_up_of(db, activity, db.query(Guest).one().id).state == "going"
