"""A case from its first report to its end: merged with its twins, routed, paused, late, fixed, confirmed."""

import pytest
from sqlalchemy import select

from services.patrol.domain.cases import confirming, looking_again, merging, moving, numbers
from services.patrol.domain.cases.steps import NotNow
from services.patrol.domain.reports import AlreadyReported
from services.patrol.models import Case, CaseReport, Trouble


def case_of(db, taken) -> Case:
    db.expire_all()
    return db.get_one(Case, taken.case.id)


def test_the_same_thing_told_twice_is_one_case_with_two_numbers(tell, db, steps):
    first, second = tell(), tell(place=" 三号楼 门口。", words="真的很黑")

    assert second.twin
    assert second.case.id == first.case.id
    assert first.report.number != second.report.number
    assert steps(first.case.id) == [("received", ["no_rule"]), ("joined", ["twin"])]


def test_another_kind_another_place_or_long_ago_is_another_case(tell, later):
    lamp = tell()
    later(24 * 15)

    others = [tell(kind="ice"), tell(place="四号楼门口"), tell(zone=None), tell()]

    assert len({lamp.case.id, *(taken.case.id for taken in others)}) == 5


def test_the_same_report_twice_is_one_and_another_under_its_id_is_none(tell):
    first = tell()

    again = tell(id=first.report.id)

    assert again.report.number == first.report.number
    with pytest.raises(AlreadyReported):
        tell(id=first.report.id, words="别的")


def test_the_rule_of_the_place_goes_before_the_rule_for_everywhere(tell, rule, unit, published):
    rule(to=None)
    rule(zone="C1")

    here, elsewhere = tell(), tell(zone="C2")

    assert (here.case.unit_id, elsewhere.case.unit_id) == (unit.unit_id, None)
    told = [(facts["unit_ids"], facts["to_desk"]) for _, facts in published("patrol.case_routed%")]
    assert told == [([str(unit.unit_id)], False), ([], True)]


def test_a_pause_moves_the_clock_by_as_long_as_it_lasts(tell, db, desk, later):
    case = case_of(db, tell())
    moving.take(db, case, by=desk)
    due = case.due_at
    moving.pause(db, case, by=desk, reason="waiting_part")
    later(24)

    case = db.get_one(Case, case.id)
    moving.resume(db, case, by=desk)

    assert abs((case.due_at - due).total_seconds()) < 5
    assert (case.state, case.pause_reason) == ("in_hand", None)


def test_what_nobody_sees_to_climbs_a_level_a_day_and_each_level_is_told_once(
    tell, rule, later, tick, published, db, steps
):
    rule()
    taken = tell()

    for hours in (9, 2, 1, 25, 30):
        later(hours)
        tick("patrol", "let_late_cases_climb")

    assert [facts["level"] for _, facts in published("patrol.case_overdue%")] == [1, 2]
    assert steps(taken.case.id)[-2:] == [("climbed", ["overdue"])] * 2


def test_a_paused_case_is_never_late(tell, db, desk, later, tick, published):
    case = case_of(db, tell())
    moving.take(db, case, by=desk)
    moving.pause(db, case, by=desk, reason="weather")

    later(24 * 60)
    tick("patrol", "let_late_cases_climb")

    assert published("patrol.case_overdue%") == []


def test_who_reported_it_is_asked_and_their_word_ends_it(fixed, reporter, db, published, answers_case):
    taken = fixed()

    [(_, asked)] = published("patrol.case_fixed%")
    assert asked["person_ids"] == [str(reporter)]
    answers_case(taken.case.id, reporter, "ack")

    assert case_of(db, taken).state == "confirmed"


def test_a_no_brings_it_back_to_its_owner_and_a_second_word_after_that_is_too_late(fixed, tell, db, steps):
    taken = fixed()

    confirming.confirm(db, taken.report, fixed=False, words="还是黑的")

    assert case_of(db, taken).state == "reopened"
    assert steps(taken.case.id)[-1] == ("reopened", ["reporter_says_not"])
    with pytest.raises(NotNow):
        confirming.confirm(db, taken.report, fixed=True)


def test_told_again_after_it_was_fixed_it_is_not_fixed(fixed, tell, db):
    taken = fixed()

    tell(words="又黑了")

    assert case_of(db, taken).state == "reopened"


def test_without_anybodys_word_a_patrols_look_decides_after_a_week(fixed, db, later, tick, desk, steps):
    seen, unseen = fixed(), fixed(place="五号楼门口")
    looking_again.look(db, seen.case.id, fixed=True, by=desk)
    assert case_of(db, seen).state == "fixed"

    later(24 * 7 + 1)
    tick("patrol", "let_late_cases_climb")

    assert steps(seen.case.id)[-1] == ("closed", ["nobody_said_anything", "patrol_saw_it_fixed"])
    assert steps(unseen.case.id)[-1] == ("climbed", ["nobody_said_anything", "nobody_looked_again"])
    looking_again.look(db, unseen.case.id, fixed=True, by=desk)
    assert case_of(db, unseen).state == "closed"


def test_merged_the_reports_go_over_and_are_told(tell, db, desk, published):
    one, other = tell(), tell(place="三号楼门前")

    merging.merge(db, other.case.id, one.case.id, by=desk)

    assert case_of(db, other).state == "merged"
    reports = db.scalars(select(CaseReport.case_id)).all()
    assert reports == [one.case.id] * 2
    assert [facts["step"] for _, facts in published("patrol.case_moved%")] == ["merged"]


def test_one_that_has_been_closed_takes_no_other_in(tell, db, desk):
    one, other = tell(), tell(place="三号楼门前")
    moving.close(db, case_of(db, one), by=desk, words="看过了")

    with pytest.raises(NotNow):
        merging.merge(db, other.case.id, one.case.id, by=desk)

    assert case_of(db, other).state == "received"


def test_trouble_of_a_squad_is_a_case_and_closed_on_the_board_it_is_fixed(
    shift, item, send, checkpoint, db, patrol, desk, token
):
    words = {"kind": "ice", "place": None, "words": "很滑"}
    report = item("trouble", shift, checkpoint_id=checkpoint(7, zone="C1").id, trouble=words)
    send(report)
    case = db.scalars(select(Case)).one()
    assert (case.kind, case.place, case.zone, case.severity) == ("ice", "P07 自行车棚", "C1", "high")

    patrol.post(f"/troubles/{report['id']}/take", headers=token(desk))
    db.expire_all()
    assert db.get_one(Case, case.id).state == "in_hand"
    patrol.post(f"/troubles/{report['id']}/close", json={"note": "撒了盐"}, headers=token(desk))

    db.expire_all()
    assert db.get_one(Case, case.id).state == "fixed"


def test_a_case_that_is_fixed_leaves_no_trouble_on_the_board(item, send, db, desk):
    report = item("trouble", None, trouble={"kind": "lamp", "place": "南口", "words": ""})
    send(report)

    moving.fix(db, db.scalars(select(Case)).one(), by=desk, words="换了灯泡")

    trouble = db.get_one(Trouble, report["id"], populate_existing=True)
    assert (trouble.state, trouble.note) == ("closed", "换了灯泡")


@pytest.mark.parametrize("kind", ["person_needs_help", "dispute"])
def test_what_concerns_people_is_no_case(kind, item, send, db):
    send(item("trouble", None, trouble={"kind": kind, "place": "南口", "words": ""}))

    assert db.scalars(select(Case)).all() == []


def test_a_number_finds_every_wrong_digit_and_two_that_changed_places():
    number = numbers.with_check("4821095")
    wrong = {number[:i] + digit + number[i + 1 :] for i in range(8) for digit in "0123456789"} - {number}
    swapped = {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(7)} - {number}

    assert numbers.is_one(number)
    assert not [one for one in wrong | swapped if numbers.is_one(one)]
