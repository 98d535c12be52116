"""Sign-in against somebody who tries: many at once, known and unknown numbers, planted cookies, stolen devices."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import create_engine, text

from services.members.domain import sign_in
from services.members.models import Person, SignInCode
from shared import crypto
from shared import db as database
from shared.config import config
from shared.crypto import blind, hashed, new_token
from shared.db import now
from shared.schemas.members import SignInCodeMade
from tests.conftest import COMMITTEE

PHONE, NOBODYS, CODE = "10000009500", "10000000042", "246810"
OURS = {"X-Requested-By": "pages"}
AT_ONCE = 50


@pytest.fixture
def member(db):
    """Somebody with a number, in the transaction of the test."""
    person = Person(name="白桂芳", phone=f"86{PHONE}", phone_blind=blind(f"86{PHONE}"))
    db.add(person)
    db.commit()
    return person


@pytest.fixture
def code_for(db):
    """Call it to let a code be on its way to a number; the browser that asked for it."""

    def code_for(phone: str, person_id: UUID | None, code: str = CODE) -> str:
        browser = new_token()
        facts = {"phone": blind(f"86{phone}"), "person_id": person_id, "code": code, "tries": 0}
        db.add(SignInCode(browser=hashed(browser), expires_at=now() + timedelta(minutes=5), **facts))
        db.commit()
        return browser

    return code_for


@pytest.fixture
def crowd(server, members_app) -> Iterator:
    """Call it with an act to let fifty do it at once, on connections of their own. All that they did is undone."""
    owner, engine = create_engine(server.url), create_engine(config().database_url_for("members"))
    database.bind("members", engine)
    pool = ThreadPoolExecutor(AT_ONCE)

    def crowd(act, times: int = AT_ONCE) -> Counter:
        return Counter(pool.map(lambda n: act(members_app.test_client(use_cookies=False), n), range(times)))

    with owner.begin() as tx:
        tx.exec_driver_sql(f"SET LOCAL app.committee = '{COMMITTEE}'")
        person = "INSERT INTO members.people (name, phone_blind) VALUES ('王某', :phone) RETURNING id"
        crowd.person_id = tx.execute(text(person), {"phone": blind(f"86{PHONE}")}).scalar_one()  # type: ignore[attr-defined]
    crowd.owner = owner  # type: ignore[attr-defined]
    yield crowd
    pool.shutdown()
    engine.dispose()
    with owner.begin() as tx:
        for table in ("members.people", "members.sessions", "members.sign_in_codes", "bus.deliveries", "bus.events"):
            tx.exec_driver_sql(f"DELETE FROM {table}")
    owner.dispose()


def wait_for_code(crowd) -> str:
    """A code is on its way to the number of the crowd's person; the browser that asked for it."""
    browser = new_token()
    with crowd.owner.begin() as tx:
        tx.exec_driver_sql(f"SET LOCAL app.committee = '{COMMITTEE}'")
        code = """INSERT INTO members.sign_in_codes (browser, phone, person_id, code, made_at, expires_at, tries)
            VALUES (:browser, :phone, :person_id, :code, now(), now() + interval '5 minutes', 0)"""
        sealed = crypto.seal(CODE, "members.sign_in_codes.code")
        asked = {"browser": hashed(browser), "phone": blind(f"86{PHONE}"), "person_id": crowd.person_id}
        tx.execute(text(code), {**asked, "code": sealed})
    return browser


def guess(client, browser: str, code: str, phone: str = PHONE, **headers: str):
    given = {"Cookie": f"pre={browser}", **OURS, **headers}
    return client.post("/sign-in", json={"phone": phone, "code": code}, headers=given)


def test_fifty_guesses_at_once_are_five(crowd):
    browser = wait_for_code(crowd)

    answers = crowd(lambda client, n: guess(client, browser, f"{n:06}").json["title"])

    assert answers == {"WrongCode": sign_in.TRIES, "CodeExpired": AT_ONCE - sign_in.TRIES}


def test_a_right_code_sent_fifty_times_at_once_signs_in_once(crowd):
    browser = wait_for_code(crowd)

    answers = crowd(lambda client, n: guess(client, browser, CODE).status_code)

    assert answers == {200: 1, 401: AT_ONCE - 1}


def test_fifty_wishes_at_once_for_one_number_send_one_code(crowd):
    answers = crowd(lambda client, n: client.post("/sign-in/codes", json={"phone": PHONE}).status_code)

    assert answers == {202: AT_ONCE}
    with crowd.owner.connect() as look:
        assert look.execute(text("SELECT topic FROM bus.events")).scalars().all() == [SignInCodeMade.topic]


def test_fifty_wishes_at_once_from_one_browser_or_address_are_twenty(crowd):
    browser, address = {"Cookie": f"pre={new_token()}"}, {"X-Forwarded-For": "203.0.113.9"}
    wishes = [(f"1000000{n:04}", browser if n < AT_ONCE // 2 else address) for n in range(AT_ONCE)]

    def ask(client, n: int) -> int:
        phone, headers = wishes[n]
        return client.post("/sign-in/codes", json={"phone": phone}, headers=headers).status_code

    crowd(ask)

    with crowd.owner.connect() as look:
        made = look.execute(text("SELECT count(*) FROM members.sign_in_codes")).scalar_one()
        assert made == 2 * sign_in.MOST_FROM_A_PLACE


@contextmanager
def work(monkeypatch):
    """What is done within it, for whoever would hold a watch to it: statements and cryptography."""
    done: list[tuple] = []

    execute = psycopg.Cursor.execute

    def statement(cursor, sql, *more, **options):
        done.append(("sql", " ".join(word for word in str(sql).split() if not word.startswith("sa_savepoint"))))
        return execute(cursor, sql, *more, **options)

    def counted(name, act):
        def call(*given, **more):
            done.append((name,))
            return act(*given, **more)

        return call

    with monkeypatch.context() as patch:
        for name in ("seal", "unseal"):
            patch.setattr(crypto, name, counted(name, getattr(crypto, name)))
        patch.setattr(sign_in, "blind", counted("blind", sign_in.blind))
        patch.setattr(psycopg.Cursor, "execute", statement)
        yield done


def test_to_ask_for_a_code_is_the_same_work_for_every_number(member, members, monkeypatch):
    with work(monkeypatch) as for_known:
        known = members.post("/sign-in/codes", json={"phone": PHONE})
    with work(monkeypatch) as for_unknown:
        unknown = members.post("/sign-in/codes", json={"phone": NOBODYS})

    assert (known.status_code, known.data) == (unknown.status_code, unknown.data) == (202, b"{}")
    kept, undone = ("sql", "RELEASE SAVEPOINT"), ("sql", "ROLLBACK TO SAVEPOINT")
    assert [kept if one == undone else one for one in for_unknown] == for_known
    assert ("seal",) in for_known


def test_a_wrong_guess_is_the_same_work_for_every_number(member, members_app, code_for, monkeypatch):
    client = members_app.test_client(use_cookies=False)
    mine, nobodys = code_for(PHONE, member.id), code_for(NOBODYS, None)
    with work(monkeypatch) as for_known:
        known = guess(client, mine, "000000")
    with work(monkeypatch) as for_unknown:
        unknown = guess(client, nobodys, CODE, NOBODYS)  # the right one, if anybody had that number

    assert known.data == unknown.data
    assert for_known == for_unknown
    assert ("unseal",) in for_known


def test_whoever_never_asked_and_whoever_is_unknown_hear_the_same(member, members_app):
    client = members_app.test_client(use_cookies=False)

    known, unknown = (guess(client, new_token(), CODE, phone) for phone in (PHONE, NOBODYS))

    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    assert known.json["title"] == "CodeExpired"


def test_a_cookie_that_somebody_planted_is_worth_nothing_after_sign_in(member, members_app, code_for, token):
    client = members_app.test_client(use_cookies=False)
    planted = token(member.id)["Authorization"].removeprefix("Bearer ")
    browser = code_for(PHONE, member.id)

    answer = guess(client, browser, CODE, Cookie=f"pre={browser}; sid={planted}")

    given = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("sid="))
    new = given.partition("=")[2].partition(";")[0]
    assert new != planted
    assert client.get("/me", headers={"Cookie": f"sid={new}"}).status_code == 200
    assert client.get("/me", headers={"Cookie": f"sid={planted}"}).status_code == 401


def test_a_made_up_cookie_is_not_taken_over(member, members_app, code_for):
    client = members_app.test_client(use_cookies=False)
    browser = code_for(PHONE, member.id)

    guess(client, browser, CODE, Cookie=f"pre={browser}; sid=made-up")

    assert client.get("/me", headers={"Cookie": "sid=made-up"}).status_code == 401


@pytest.fixture
def by_https(monkeypatch, connection):
    """People reach us by https."""
    monkeypatch.setenv("PUBLIC_URL", "https://committee.example.org")
    config.cache_clear()
    yield
    monkeypatch.undo()
    config.cache_clear()


def test_by_https_cookies_are_of_this_host_and_never_sent_in_the_clear(by_https, member, members_app, code_for):
    client = members_app.test_client(use_cookies=False)
    browser = code_for(PHONE, member.id)

    asked = client.post("/sign-in/codes", json={"phone": NOBODYS})
    signed_in = guess(client, browser, CODE, Cookie=f"__Host-pre={browser}")
    cookies = [*asked.headers.getlist("Set-Cookie"), *signed_in.headers.getlist("Set-Cookie")]
    sid = next(one for one in cookies if one.startswith("__Host-sid=")).partition(";")[0]
    signed_out = client.post("/sign-out", json={}, headers={**OURS, "Cookie": sid})

    assert signed_out.status_code == 204
    for cookie in [*cookies, *signed_out.headers.getlist("Set-Cookie")]:
        name, *rest = cookie.split("; ")
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(rest)
        assert not any(part.startswith("Domain=") for part in rest)
