"""Who reads the code where it is shown was there."""

import pytest

from services.events.domain.attendance import codes
from shared.db import now


def test_who_reads_the_code_where_it_is_shown_was_there(events, db, begun, clerk, token):
    activity, goes = begun("甲")
    shown = events.get(f"/activities/{activity.id}/code", headers=clerk).json
    assert shown["code"] in shown["url"]
    assert shown["svg"].startswith("<svg")

    answer = events.put(
        f"/activities/{activity.id}/attend", json={"code": shown["code"]}, headers=token(goes.person_id)
    )

    assert (answer.status_code, answer.json["source"]) == (200, "scan")


def test_wrong_codes_are_counted_and_after_ten_the_right_one_does_not_help(events, begun, token):
    activity, goes = begun("甲")
    path, headers = f"/activities/{activity.id}/attend", token(goes.person_id)
    right = codes.CODE.shown(activity.id, now()).code
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    titles = [events.put(path, json={"code": wrong}, headers=headers).json["title"] for _ in range(10)]
    answer = events.put(path, json={"code": codes.CODE.shown(activity.id, now()).code}, headers=headers)

    assert set(titles) == {"WrongCode"}
    assert (answer.status_code, answer.json["title"]) == (409, "TooManyTries")


@pytest.mark.parametrize("code", ["12345", "1234567", "12345x", "", "１２３４５６"])
def test_what_is_no_code_is_refused_by_its_form(events, begun, token, code):
    activity, goes = begun("甲")

    answer = events.put(f"/activities/{activity.id}/attend", json={"code": code}, headers=token(goes.person_id))

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["code"])
