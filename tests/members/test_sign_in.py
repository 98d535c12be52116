"""Sign-in by a code, and the devices that it leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from werkzeug.test import Client

from services.members.domain import sign_in as rules
from services.members.models import SignInCode, SignInSession
from shared.crypto import hashed
from shared.db import now
from shared.schemas.members import SignInCodeMade

PHONE, NOBODYS = "10000009000", "10000000042"


@pytest.fixture
def member(person):
    return person("白桂芳")


@pytest.fixture
def browser(members_app, connection):
    """Call it for a browser with no cookies yet."""
    return lambda: members_app.test_client()


@pytest.fixture
def code(published):
    """Call it for the code that was sent last."""

    def code() -> str:
        return SignInCodeMade().load(published("members.sign_in_code_made.v1")[-1][1]).code

    return code


def ask(browser: Client, phone=PHONE, **more):
    return browser.post("/sign-in/codes", json={"phone": phone}, **more)


def answer(browser: Client, code: str, phone: str = PHONE, **more):
    return browser.post("/sign-in", json={"phone": phone, "code": code, **more}, headers={"X-Requested-By": "pages"})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def a_minute_passes(db) -> None:
    db.execute(text("UPDATE members.sign_in_codes SET made_at = made_at - interval '61 seconds'"))
    db.commit()


def test_a_code_goes_to_the_number_and_signs_its_owner_in(member, browser, code, published):
    phone = browser()

    assert ask(phone).status_code == 202
    signed_in = answer(phone, code(), device_name="HarmonyOS · Chrome")

    assert signed_in.json["person"]["name"] == "白桂芳"
    assert phone.get("/me").json["id"] == str(member.id)
    cookie = next(value for value in signed_in.headers.getlist("Set-Cookie") if value.startswith("sid="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age=7776000" in cookie
    assert "Secure" not in cookie
    [(_, event)] = published("members.sign_in_code_made.v1")
    assert code() not in str(event)


def test_a_device_that_should_not_be_remembered_is_not(member, browser, code, db):
    phone = browser()
    ask(phone)

    signed_in = answer(phone, code(), remember=False)

    cookie = next(value for value in signed_in.headers.getlist("Set-Cookie") if value.startswith("sid="))
    assert "Max-Age" not in cookie
    until = db.query(SignInSession).one().expires_at
    assert timedelta(hours=11) < until - now() < timedelta(hours=13)


def test_nobody_learns_whose_number_is_registered(member, browser, published):
    known, unknown = ask(browser()), ask(browser(), NOBODYS)

    assert known.data == unknown.data
    assert known.status_code == unknown.status_code == 202
    assert {name for name, _ in known.headers} == {name for name, _ in unknown.headers}
    assert len(published("members.sign_in_code_made.v1")) == 1


def test_a_wrong_guess_at_an_unknown_number_sounds_like_one_at_a_known(member, browser, db):
    known, unknown = browser(), browser()
    ask(known)
    ask(unknown, NOBODYS)
    right = db.query(SignInCode).filter_by(person_id=None).one().code

    first, second = answer(known, wrong(right)), answer(unknown, right, NOBODYS)

    assert first.status_code == second.status_code == 401
    assert first.json == second.json == {**first.json, "title": "WrongCode", "tries_left": 4}


def test_an_unknown_number_costs_the_same_statements(member, browser, statements):
    with statements() as for_known:
        ask(browser())
    with statements() as for_unknown:
        ask(browser(), NOBODYS)

    assert len(for_known) == len(for_unknown)
    assert sum("bus.publish" in one for one in for_unknown) == 1


def test_a_code_guessed_five_times_is_void_and_the_right_one_comes_too_late(member, browser, code):
    phone = browser()
    ask(phone)

    left = [answer(phone, wrong(code())).json["tries_left"] for _ in range(5)]
    sixth = answer(phone, code())

    assert left == [4, 3, 2, 1, 0]
    assert (sixth.status_code, sixth.json["title"]) == (401, "CodeExpired")
    assert phone.get("/me").status_code == 401


def test_a_code_counts_once(member, browser, code):
    phone = browser()
    ask(phone)
    answer(phone, code())

    assert answer(phone, code()).json["title"] == "CodeExpired"


def test_a_code_counts_five_minutes(member, browser, code, db):
    phone = browser()
    ask(phone)
    db.execute(text("UPDATE members.sign_in_codes SET expires_at = now() - interval '1 second'"))
    db.commit()

    assert answer(phone, code()).json["title"] == "CodeExpired"


def test_a_code_counts_only_in_the_browser_that_asked(member, browser, code):
    ask(browser())
    other = browser()

    assert answer(other, code()).json["title"] == "CodeExpired"
    other.set_cookie("pre", "guessed")
    assert answer(other, code()).json["title"] == "CodeExpired"


def test_a_new_code_voids_the_one_before(member, browser, code, db):
    phone = browser()
    ask(phone)
    old = code()
    a_minute_passes(db)
    ask(phone)

    if code() != old:
        assert answer(phone, old).json["title"] == "WrongCode"
    assert answer(phone, code()).status_code == 200


def test_codes_come_once_a_minute_and_five_times_an_hour(member, browser, published, db):
    sent = []
    for _ in range(7):
        assert ask(browser()).status_code == 202
        assert ask(browser()).status_code == 202
        sent.append(len(published("members.sign_in_code_made.v1")))
        a_minute_passes(db)

    assert sent == [1, 2, 3, 4, 5, 5, 5]


def test_one_browser_or_address_asks_twenty_times_an_hour(browser, count):
    one, proxied = browser(), {"X-Forwarded-For": "203.0.113.7"}
    for n in range(21):
        ask(one, f"1000000{n:04}")
    assert count("sign_in_codes") == 20

    for n in range(21):
        ask(browser(), f"1000001{n:04}", headers=proxied)

    assert count("sign_in_codes") == 20  # 1000001… is no number of the demo's
    for n in range(21):
        ask(browser(), f"1000000{n + 100:04}", headers=proxied)
    assert count("sign_in_codes") == 40


def test_what_is_no_number_and_what_is_no_code(browser):
    for phone in ("", "12", "23800000001", "x" * 31, None, 13800000001):
        assert ask(browser(), phone).status_code in (400, 422)
    for code in ("", "12345", "1234567", "12345a", "１２３４５６", "123456\n"):
        assert answer(browser(), code).status_code == 422


def test_who_left_gets_no_code_and_loses_their_devices(members, person, token, browser, published, db):
    left = person("离开的人", active=False)
    phone = left.phone.removeprefix("86")

    assert ask(browser(), phone).status_code == 202
    assert published("members.sign_in_code_made.v1") == []
    assert members.get("/me", headers=token(left.id)).status_code == 401


def test_sign_out_ends_this_device_and_everywhere_all(member, token, members):
    phone, desk, tablet = token(member.id), token(member.id), token(member.id)

    assert members.post("/sign-out", json={}, headers=phone).status_code == 204
    assert members.get("/me", headers=phone).status_code == 401
    assert members.get("/me", headers=desk).status_code == 200

    members.post("/sign-out", json={"everywhere": True}, headers=desk)
    assert members.get("/me", headers=tablet).status_code == 401


def test_one_sees_ones_devices_and_can_sign_one_out(member, person, token, members):
    phone, lost = token(member.id), token(member.id)
    stranger = token(person("别人").id)
    listed = members.get("/me/devices", headers=lost).json["items"]
    mine = next(device["id"] for device in listed if device["current"])

    assert len(listed) == 2
    assert members.delete(f"/me/devices/{mine}", headers=stranger).status_code == 404
    assert members.delete(f"/me/devices/{mine}", headers=phone).status_code == 204
    assert members.get("/me", headers=lost).status_code == 401


def test_a_sign_of_life_is_kept_to_ten_minutes(member, token, members, db):
    headers = token(member.id)
    seen = text("SELECT last_seen_at FROM members.sessions")
    first = db.execute(seen).scalar_one()
    members.get("/me", headers=headers)
    assert db.execute(seen).scalar_one() == first

    db.execute(text("UPDATE members.sessions SET last_seen_at = last_seen_at - interval '11 minutes'"))
    db.commit()
    members.get("/me", headers=headers)

    assert db.execute(seen).scalar_one() >= first


def test_a_cookie_of_ours_from_another_sites_page_changes_nothing(member, browser, code):
    phone = browser()
    ask(phone)
    answer(phone, code())

    assert phone.post("/sign-out", json={}).json["title"] == "CrossSite"
    assert phone.get("/me").status_code == 200


def test_the_language_is_changed_by_whoever_has_seen_the_last_version(member, token, members, published):
    headers = token(member.id)
    tag = members.get("/me", headers=headers).headers["ETag"]

    assert members.patch("/me", json={"language": "en"}, headers=headers).status_code == 428
    changed = members.patch("/me", json={"language": "en"}, headers={**headers, "If-Match": tag})
    stale = members.patch("/me", json={"language": "zh"}, headers={**headers, "If-Match": tag})

    assert (changed.json["language"], changed.headers["ETag"] != tag) == ("en", True)
    assert stale.status_code == 412
    [(_, told)] = published("members.people_changed.v1")
    assert told["people"][0]["language"] == "en"


def test_tokens_and_codes_stand_nowhere_in_clear(member, browser, code, db):
    phone = browser()
    ask(phone)
    answer(phone, code())
    token = phone.get_cookie("sid").value

    row = db.execute(text("SELECT * FROM members.sessions")).mappings().one()
    assert bytes(row["token"]) == hashed(token)
    assert db.execute(text("SELECT code FROM members.sign_in_codes")).scalar_one().startswith("v1.")


def test_old_codes_and_sessions_are_forgotten(member, browser, token, db, tick, count):
    ask(browser())
    token(member.id)
    db.execute(text("UPDATE members.sign_in_codes SET made_at = now() - interval '25 hours'"))
    db.execute(text("UPDATE members.sessions SET expires_at = now() - interval '1 second'"))

    tick("members", "forget_what_is_over")

    assert (count("sign_in_codes"), count("sessions")) == (0, 0)


def test_the_limits_are_those_that_are_promised():
    assert (timedelta(minutes=5), 5, 5) == (rules.LIFE, rules.TRIES, rules.MOST_FOR_A_NUMBER)
