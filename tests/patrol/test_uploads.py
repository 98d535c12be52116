"""What phones upload: in any order, however often, days late."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from services.patrol.models import CheckIn, Squad
from shared.db import now

MINUTE = timedelta(minutes=1)


@pytest.fixture
def check_ins(db):
    """Call it for the stored check-ins, as they happened."""
    return lambda: db.scalars(select(CheckIn).order_by(CheckIn.happened_at)).all()


@pytest.fixture
def statements(heard):
    """The statements that Postgres was sent."""
    with heard() as seen:
        yield seen


def outcomes(verdicts):
    return [(verdict["outcome"], verdict["code"]) for verdict in verdicts]


def test_the_same_check_in_twice_is_one(shift, item, send, check_ins):
    report = item("check_in", shift)

    first = send(report)
    again = send(report, report)

    assert outcomes(first + again) == [("stored", None), ("duplicate", None), ("duplicate", None)]
    assert again[0]["happened_at"] == first[0]["happened_at"]
    assert len(check_ins()) == 1


def test_twice_within_an_upload_is_one(shift, item, send, check_ins):
    report = item("check_in", shift)

    assert outcomes(send(report, report)) == [("stored", None), ("duplicate", None)]
    assert len(check_ins()) == 1


def test_two_phones_at_the_same_instant_are_two_signs_and_one_visit(
    shift, item, send, companion, checkpoint, patrol, token
):
    at, place = now(), checkpoint(7, zone="C1").id

    verdicts = send(item("check_in", shift, at, checkpoint_id=place))
    verdicts += send(item("check_in", shift, at, checkpoint_id=place), by=companion)

    assert outcomes(verdicts) == [("stored", None), ("stored", None)]
    [sheet] = patrol.get("/me/shifts", headers=token(companion)).json["items"]
    assert [stop["visited_at"] is not None for stop in sheet["checkpoints"]] == [True]


def test_one_id_for_two_things_is_a_conflict(shift, item, send, check_ins, companion):
    report = item("check_in", shift, note="北门")
    send(report)

    assert outcomes(send({**report, "note": "南门"})) == [("conflict", "AlreadyReported")]
    assert outcomes(send(report, by=companion)) == [("conflict", "AlreadyReported")]
    assert [check_in.note for check_in in check_ins()] == ["北门"]


def test_a_check_in_for_another_squads_shift_is_refused(db, plan, item, send, person, check_ins):
    stranger = person("外队的人")
    other = Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=stranger)
    theirs = plan(of=other, crew=[stranger])

    assert outcomes(send(item("check_in", theirs))) == [("refused", "NotYourShift")]
    assert check_ins() == []


def test_a_check_in_for_a_shift_that_ended_is_welcome_if_it_was_before_the_end(shift, item, send, check_ins):
    ended_at = now() - 10 * MINUTE
    send(item("end", shift, ended_at, handover="南口路灯不亮"))

    late = send(item("check_in", shift, ended_at - 5 * MINUTE))
    after = send(item("check_in", shift, ended_at + 5 * MINUTE))

    assert outcomes(late) == [("stored", None)]
    assert outcomes(after) == [("refused", "ShiftEnded")]
    assert len(check_ins()) == 1


def test_a_phone_whose_clock_is_two_days_off_is_corrected(shift, item, send, check_ins):
    received, skew = now(), timedelta(days=2)

    [verdict] = send(item("check_in", shift, received - MINUTE + skew), clock=received + skew, received_at=received)

    assert (verdict["outcome"], verdict["time_quality"]) == ("stored", "corrected")
    [kept] = check_ins()
    assert kept.happened_at == received - MINUTE
    assert kept.device_at == received - MINUTE + skew
    assert kept.received_at == received


def test_a_phone_whose_clock_jumped_two_days_is_stored_as_uncertain(shift, item, send, check_ins):
    received = now()

    [past] = send(item("check_in", shift, received - timedelta(days=2)), received_at=received)
    [future] = send(item("check_in", shift, received + timedelta(days=2)), received_at=received)

    assert [past["time_quality"], future["time_quality"]] == ["uncertain", "uncertain"]
    assert [kept.happened_at for kept in check_ins()] == [shift.starts_at - timedelta(hours=1), received]


def test_a_doubtful_clock_neither_ends_a_shift_in_the_past_nor_loses_a_check_in_to_its_end(shift, item, send, db):
    received = now()
    send(item("end", shift, received - timedelta(days=2)), received_at=received)
    db.refresh(shift)

    [verdict] = send(item("check_in", shift, received + timedelta(days=2)), received_at=received + MINUTE)

    assert shift.ended_at == received
    assert verdict["outcome"] == "stored"


def test_a_bad_item_sinks_no_other(patrol, token, walker, shift, item):
    good, bad = item("check_in", shift), item("check_in", shift, lat=200)
    unknown = item("check_in", shift, number=999)
    no_words = item("trouble", shift)
    foreign = {**item("check_in", shift), "shift_id": uuid4()}
    body = {"device": {"id": "phone", "now": now()}, "items": [bad, good, unknown, no_words, foreign]}

    answer = patrol.post("/uploads", json=body, headers=token(walker))

    assert answer.status_code == 200
    assert outcomes(answer.json["results"]) == [
        ("refused", "Invalid"),
        ("stored", None),
        ("refused", "UnknownCheckpoint"),
        ("refused", "Invalid"),
        ("refused", "NotYourShift"),
    ]


@pytest.mark.parametrize("items", [[], [{"kind": "check_in"}], ["x"], "x", [{}] * 101])
def test_an_upload_that_cannot_be_answered_item_by_item_is_refused(patrol, token, walker, items):
    body = {"device": {"id": "phone", "now": now()}, "items": items}

    assert patrol.post("/uploads", json=body, headers=token(walker)).status_code == 422


def test_strange_clocks_and_strange_words_never_break_an_upload(patrol, token, walker, shift, item):
    strange = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00Z"]
    items = [item("check_in", shift, at) for at in strange] + [item("check_in", shift, note="\0")]
    body = {"device": {"id": "phone", "now": "9999-12-31T23:59:59-12:00"}, "items": items}

    answer = patrol.post("/uploads", json=body, headers=token(walker))

    assert [verdict["outcome"] for verdict in answer.json["results"]] == ["stored"] * 3 + ["refused"]


def test_a_hundred_items_take_as_many_statements_as_one(shift, item, send, statements, checkpoint):
    place = checkpoint(7).id
    send(item("check_in", shift, checkpoint_id=place))
    for_one = len(statements)
    statements.clear()

    verdicts = send(*(item("check_in", shift, checkpoint_id=place) for _ in range(100)))

    assert {verdict["outcome"] for verdict in verdicts} == {"stored"}
    assert len(statements) == for_one


def test_five_hundred_check_ins_after_three_days_are_all_there_and_wake_nobody(
    plan, item, send, check_ins, db, published, tick
):
    """A phone lay in a drawer, its clock 47 minutes slow; half of the answers are lost, so that it sends again."""
    shift = plan(-3 * 24 * 60, lasts=180)
    received, skew = now(), timedelta(minutes=-47)
    began = shift.starts_at
    items = [item("start", shift, began + skew)]
    items += [item("check_in", shift, began + skew + n * timedelta(seconds=20), seq=n) for n in range(1, 501)]
    items += [item("end", shift, began + skew + timedelta(minutes=170), handover="平安")]
    batches = [items[first : first + 100] for first in range(0, len(items), 100)]

    for batch in [*batches, *batches[::2]]:
        send(*batch, clock=received + skew, received_at=received)
    tick("patrol", "look_for_silence")

    kept = check_ins()
    assert [check_in.seq for check_in in kept] == list(range(1, 501))
    assert {check_in.time_quality for check_in in kept} == {"corrected"}
    assert kept[0].happened_at == began + timedelta(seconds=20)
    db.refresh(shift)
    assert (shift.state, shift.started_at, shift.handover) == ("ended", began, "平安")
    assert published("patrol.squad%") == []


def test_the_end_may_arrive_before_the_start(plan, item, send, db, published):
    shift = plan(-60)
    send(item("end", shift, now() - MINUTE, handover="平安"))
    send(item("start", shift, now() - 50 * MINUTE))

    db.refresh(shift)
    assert shift.state == "ended"
    assert shift.started_at < shift.ended_at
    assert [topic for topic, _ in published()] == ["patrol.shift_ended.v1"]


def test_starting_and_ending_twice_is_starting_and_ending_once(plan, item, send, published, companion, db):
    shift = plan(-60)

    verdicts = send(item("start", shift)) + send(item("start", shift), by=companion)
    verdicts += send(item("end", shift)) + send(item("end", shift, handover="南口路灯不亮"), by=companion)

    assert [verdict["outcome"] for verdict in verdicts] == ["stored", "duplicate", "stored", "duplicate"]
    assert [topic for topic, _ in published()] == ["patrol.shift_started.v1", "patrol.shift_ended.v1"]
    db.refresh(shift)
    assert shift.handover == "南口路灯不亮"


def test_next_weeks_shift_cannot_be_started(plan, item, send):
    assert outcomes(send(item("start", plan(7 * 24 * 60)))) == [("refused", "TooEarly")]


def test_a_cancelled_shift_cannot_be_started(plan, item, send):
    assert outcomes(send(item("start", plan(state="cancelled")))) == [("refused", "ShiftIsOff")]


def test_the_leader_and_a_stand_in_may_check_in_and_a_squad_member_off_duty_may_not(
    squad, plan, item, send, leader, person, companion
):
    stand_in = person("替班的人")
    shift = plan(crew=[stand_in])

    assert outcomes(send(item("check_in", shift), by=leader)) == [("stored", None)]
    assert outcomes(send(item("check_in", shift), by=stand_in)) == [("stored", None)]
    assert outcomes(send(item("check_in", shift), by=companion)) == [("refused", "NotYourShift")]


def test_a_checkpoint_is_named_by_code_by_number_or_by_tap(shift, item, send, checkpoint, check_ins):
    place = checkpoint(7)

    send(item("check_in", shift, qr=f"http://127.0.0.1:8000/p/{place.qr_token}"))
    send(item("check_in", shift, number=7))
    send(item("check_in", shift, checkpoint_id=place.id))
    send(item("check_in", shift))

    found = {(check_in.how, check_in.checkpoint_id) for check_in in check_ins()}
    assert found == {("scan", place.id), ("number", place.id), ("tap", place.id), ("tap", None)}


def test_a_code_of_another_committee_or_of_nobody_is_refused(db, shift, item, patrol, token, walker):
    other, secret = uuid4(), "their-token"
    db.execute(text("INSERT INTO bus.committees VALUES (:id, 'other', '别处')"), {"id": other})
    db.execute(
        text(
            "INSERT INTO patrol.checkpoints (committee_id, code, number, name, qr_token, active, version)"
            " VALUES (:id, 'P07', 7, '别处', :secret, true, 1)"
        ),
        {"id": other, "secret": secret},
    )
    items = [item("check_in", shift, qr=f"http://elsewhere/p/{secret}"), item("check_in", shift, qr="nothing")]

    answer = patrol.post("/uploads", json={"device": {"id": "p", "now": now()}, "items": items}, headers=token(walker))

    assert outcomes(answer.json["results"]) == [("refused", "ForeignCode")] * 2


def test_only_whether_the_phone_was_near_is_kept(shift, item, send, checkpoint, check_ins, db):
    place = checkpoint(7)
    here, there = {"lat": 40.8425, "lon": 111.7500}, {"lat": 40.85, "lon": 111.75}

    send(item("check_in", shift, now() - 3 * MINUTE, checkpoint_id=place.id, **here))
    send(item("check_in", shift, now() - 2 * MINUTE, checkpoint_id=place.id, **there))
    send(item("check_in", shift, now() - 1 * MINUTE, checkpoint_id=place.id))

    assert [check_in.near for check_in in check_ins()] == [True, False, None]
    row = db.execute(text("SELECT to_jsonb(c)::text FROM patrol.check_ins c")).scalars().all()
    assert not any("40.8" in column or "111.7" in column for column in row)


def test_ids_of_old_phones_land_in_the_partition_for_them(shift, item, send, db):
    uuid7 = UUID(str(db.scalar(text("SELECT uuidv7()"))))
    send({**item("check_in", shift), "id": uuid7}, item("check_in", shift))

    tables = db.execute(text("SELECT tableoid::regclass::text FROM patrol.check_ins ORDER BY 1")).scalars().all()

    assert tables[1] == "patrol.check_ins_other"
    assert tables[0].startswith("patrol.check_ins_20")
