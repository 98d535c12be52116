"""The duty desk's board: tonight, as it is now."""

from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from sqlalchemy.orm import Session

from services.patrol.domain.cases import moving
from services.patrol.domain.news import channel, tell_board
from services.patrol.models import Alarm, Squad
from shared import live
from shared.db import now


@pytest.fixture
def queries(heard):
    """Call it with something to do for how many statements Postgres was sent meanwhile."""

    def queries(act):
        with heard() as seen:
            act()
        return len(seen)

    return queries


@pytest.fixture
def board(patrol, token, desk):
    headers = token(desk)
    return lambda: patrol.get("/board", headers=headers).json


def test_it_shows_who_is_on_the_way_and_what_is_up(db, board, shift, send, item, checkpoint, walker, patrol, token):
    send(item("check_in", shift, checkpoint_id=checkpoint(7).id))
    send(item("trouble", shift, trouble={"kind": "lamp", "place": "南口", "words": ""}))
    patrol.put(f"/sos/{uuid4()}", json={"at": now()}, headers=token(walker))
    db.add(Alarm(shift_id=shift.id, began_at=now(), step="buddy"))
    db.commit()

    shown = board()

    [on_the_way] = shown["shifts"]
    assert on_the_way["last_checkpoint"] == "P07 自行车棚"
    assert on_the_way["silence"]["step"] == "buddy"
    assert on_the_way["troubles_open"] == 1
    assert on_the_way["overdue"] is False
    assert [call["name"] for call in shown["sos"]] == ["苏红梅"]
    assert [trouble["place"] for trouble in shown["troubles"]] == ["南口"]
    assert [squad["name"] for squad in shown["squads"]] == ["夜安一队"]


def test_open_cases_have_their_clocks_on_it_and_what_is_due_first_is_on_top(db, board, tell, desk, later):
    late, gas = tell(), tell("gas_smell", "东门")
    later(30)
    paused, fine = tell("ice", "西门"), tell("water", "南门")
    for case in (paused.case, fine.case):
        moving.take(db, case, by=desk)
    moving.pause(db, paused.case, by=desk, reason="weather")
    moving.fix(db, tell("lamp", "北门").case, by=desk, words="换了灯泡")
    db.commit()

    cases = board()["cases"]

    assert (cases["open"], cases["late"]) == (4, 2)
    order = [one["id"] for one in cases["first"]]
    assert order == [str(taken.case.id) for taken in (gas, late, fine, paused)]
    assert [one["overdue"] for one in cases["first"]] == [True, True, False, False]


def test_a_shift_that_nobody_started_is_overdue_and_nothing_worse(board, plan):
    plan(-20)

    [shown] = board()["shifts"]

    assert (shown["state"], shown["overdue"]) == ("planned", True)


def test_it_shows_tonight_only(board, plan):
    plan(-24 * 60, state="ended")
    plan(24 * 60)
    plan(60)

    assert len(board()["shifts"]) == 1


def test_twenty_squads_take_as_many_queries_as_one(db, board, queries, person, plan, send, item, checkpoint):
    place = checkpoint(1).id

    def one_more(number):
        walks, leads = person(), person()
        squad = Squad(id=uuid4(), code=f"S{number}", name=f"{number}队", leader_id=leads)
        db.add(squad)
        shift = plan(of=squad, crew=[walks, leads], state="active", started_at=now())
        send(item("check_in", shift, checkpoint_id=place), by=walks)
        send(item("trouble", shift, trouble={"kind": "ice"}), by=walks)

    one_more(0)
    for_one = queries(board)
    for number in range(1, 20):
        one_more(number)

    assert len(board()["shifts"]) == 20
    assert queries(board) == for_one


def test_it_shows_who_has_answered_a_call_for_hands_as_counts(board, raise_call, neighbour, says):
    comes = neighbour()
    call = raise_call(zone="C1", carry=2)
    says(call, comes)

    [shown] = board()["calls"]

    assert (shown["id"], shown["zone"], shown["drill"]) == (str(call.id), "C1", False)
    assert (shown["meter"]["coming"], shown["meter"]["filled"]) == (1, False)
    assert "王金凤" not in str(shown)


def test_it_tells_where_a_squad_was_last_and_what_it_left_out(board, shift, send, item, checkpoint):
    seen, left = checkpoint(7), checkpoint(8)
    send(item("check_in", shift, checkpoint_id=seen.id))
    send(item("skip", shift, checkpoint_id=left.id, skip={"reason": "locked", "note": ""}))

    [shown] = board()["shifts"]

    assert (shown["last_checkpoint_id"], shown["skipped"]) == (str(seen.id), [str(left.id)])


def test_while_nothing_happens_a_second_board_costs_no_query_of_its_own(
    db, patrol, token, desk, board, queries, shift, monkeypatch
):
    hub = live.hub("patrol")
    monkeypatch.setattr(hub, "listener", object())
    monkeypatch.setattr(hub, "listening", True)
    reader = hub.subscribe(channel(db))
    first = board()

    kept = queries(lambda: first.update(now=board()["now"]))
    made = queries(lambda: patrol.get("/board?fresh=true", headers=token(desk)))

    hub.unsubscribe(channel(db), reader)
    assert kept < made - 10


def test_the_board_is_only_the_desks(patrol, token, walker, leader):
    assert patrol.get("/board", headers=token(walker)).status_code == 403
    assert patrol.get("/board/stream", headers=token(leader)).status_code == 403


def test_what_changes_reaches_an_open_board_when_it_is_committed(engine, patrol_app):
    committee, what = uuid4(), uuid4()

    def change():
        with Session(engine) as db:
            db.info["committee_id"] = committee
            tell_board(db, "sos", what)
            db.commit()

    answer = live.stream("patrol", f"board:{committee}", "board", allowed=lambda: True)
    change()
    told: list[bytes] = []
    for chunk in answer.iter_encoded():
        told.append(chunk)
        if b"event: board" not in chunk:
            continue
        if b"data: {}" not in chunk:
            break
        change()  # the listener has only now begun to listen

    answer.close()
    assert told[0].endswith(b"event: hello\ndata: {}\n\n")
    assert orjson.loads(told[-1].partition(b"data: ")[2]) == {"changed": "sos", "id": str(what)}


def test_a_stream_greets_its_reader_and_holds_no_connection(patrol, token, desk):
    answer = patrol.get("/board/stream", headers=token(desk), buffered=False)

    assert answer.content_type.startswith("text/event-stream")
    assert b"event: hello" in next(answer.response)
    answer.close()


def test_a_squad_that_is_looked_after_shows_by_whom(db, board, shift, leader):
    db.add(Alarm(shift_id=shift.id, began_at=now() - timedelta(minutes=5), step="leader", looked_after_by=leader))
    db.commit()

    assert board()["shifts"][0]["silence"]["looked_after_by"] == "郭建国"
