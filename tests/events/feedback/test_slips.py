"""How it was, on paper."""

from tests.events.conftest import once


def test_slips_are_typed_in_until_everybody_who_was_there_has_answered(over, say, type_slip):
    activity, goes, late, _ = over("甲", "乙", "丙")
    say(activity, goes)
    assert type_slip(activity, overall="fair").json["slips_left"] == 1
    shown = type_slip(activity, followed="no", words="字太小").json

    assert (shown["answers"], shown["slips_left"]) == (3, 0)
    assert (shown["counts"]["overall"], shown["words"]) == ({"good": 1, "fair": 1, "poor": 0}, ["字太小"])
    assert type_slip(activity, overall="good").json["title"] == "EverybodyAnswered"
    assert say(activity, late).json["title"] == "EverybodyAnswered"
    assert say(activity, goes, overall="poor").status_code == 200  # theirs is known to be theirs


def test_a_slip_sent_twice_is_one_and_a_blank_one_is_none(events, over, clerk, type_slip):
    activity, *_ = over("甲", "乙")
    path, key = f"/activities/{activity.id}/feedback/slips", once(clerk)

    for _ in range(2):
        shown = events.post(path, json={"overall": "good"}, headers=key).json
    blank = type_slip(activity, overall=None, words=" ")

    assert shown["answers"] == 1
    assert (blank.status_code, blank.json["errors"]["overall"][0]["code"]) == (422, "required")


def test_slips_come_in_weeks_later_but_not_months(over, move, type_slip):
    activity, *_ = over("甲", "乙")
    move(activity, days=-30)
    assert type_slip(activity, overall="good").status_code == 201
    move(activity, days=-31)

    assert type_slip(activity, overall="good").json["title"] == "LongAgo"


def test_slips_to_print_ask_the_same_three_questions(events, over, clerk):
    activity, _ = over("甲", title="<b>健身操</b>")

    page = events.get(f"/activities/{activity.id}/feedback/paper", headers=clerk)

    assert page.text.count("<section>") == 8
    assert page.text.count("<svg") == 8 * 9
    assert "<b>健身操" not in page.text
    assert events.get("/public/papers/slips.css").content_type.startswith("text/css")
