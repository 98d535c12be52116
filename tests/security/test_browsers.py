"""What a browser is told with every answer, and what a foreign page cannot do with our cookie: route by route."""

import re
from typing import Any

import pytest
from werkzeug.test import Client

from shared import bus, live
from shared.config import config
from shared.pages import pages
from tests.security.access import Row, rows
from tests.security.asks import ASKS

TABLE = rows()
EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
#: A calendar program keeps the feed, and asks whether it changed.
KEPT = {"GET /api/events/feeds/<secret>.ics": "private, no-cache"}


@pytest.fixture(autouse=True)
def no_listener(monkeypatch):
    for service in bus.SERVICES:
        monkeypatch.setattr(live.hub(service), "listener", object())


@pytest.fixture
def secretary(world) -> dict[str, str]:
    return next(caller.headers for caller in world.callers if caller.role == "secretary")


@pytest.fixture(params=bus.SERVICES)
def client(request, connection) -> tuple[str, Client]:
    service = request.param
    return service, request.getfixturevalue(f"{service}_app").test_client(use_cookies=False)


def routes_of(service: str):
    """The rows of a service, one for each route."""
    mine = {row.route: row for row in TABLE if f"/api/{service}/" in row.route.replace("*", service)}
    return [(route.replace("*", service), ASKS[row.key], row) for route, row in mine.items()]


def test_every_answer_is_dressed(client, world, secretary, undone):
    service, browser = client
    for route, ask, row in routes_of(service):
        for by in (secretary, EVIL) if row.may("nobody") else (secretary,):
            with undone():
                answer = ask.send(browser, route, world.of(world.callers[0], "own"), {**EVIL, **by})
            told = answer.headers
            policy = told["Content-Security-Policy"]
            assert told["X-Content-Type-Options"] == "nosniff", route
            assert told["Referrer-Policy"] == "no-referrer", route
            assert told["Cross-Origin-Resource-Policy"] == "same-origin", route
            assert "default-src 'none'" in policy, route
            assert "frame-ancestors 'none'" in policy, route
            assert "unsafe-eval" not in policy, route
            assert "unsafe-inline" not in policy.partition("style-src")[0], route
            assert "unsafe-inline" not in policy or route.endswith("/docs/"), route
            kept = answer.status_code < 300 and told["Cache-Control"] in _may_be_kept(row)
            assert kept or told["Cache-Control"] == "no-store" or "/docs/" in route, route
            assert not [name for name, _ in told if name.startswith("Access-Control")], route


def _may_be_kept(row: Row) -> set[str]:
    """How long an answer may be kept, and by whom: for a while if everybody may read it, whoever they are."""
    everybody = {"public, max-age=30", "public, max-age=300"} if row.may("nobody") else set()
    return everybody | {KEPT.get(row.route, "no-store")}


def test_no_foreign_page_is_told_that_it_may(client):
    service, browser = client
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-requested-by"}
    for route, _, _ in routes_of(service):
        path = re.sub(r"<\w+>", "x", route.partition(f"/api/{service}")[2])
        answer = browser.open(path, method="OPTIONS", headers=EVIL | asked)
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")], route


FOREIGN: dict[str, dict[str, Any]] = {
    "a form": {"content_type": "application/x-www-form-urlencoded", "data": b"a=1"},
    "a form with a file": {"content_type": "multipart/form-data; boundary=b", "data": b"--b--"},
    "JSON that says it is text": {"content_type": "text/plain", "data": b"{}"},
    "nothing at all": {},
    "our header, from another site": {"json": {}, "headers": {"X-Requested-By": "x", "Sec-Fetch-Site": "cross-site"}},
    "our header, from a neighbour": {"json": {}, "headers": {"X-Requested-By": "x", "Sec-Fetch-Site": "same-site"}},
}


@pytest.mark.parametrize("how", FOREIGN)
def test_a_foreign_page_changes_nothing_with_our_cookie(client, secretary, how):
    service, browser = client
    cookie = {"Cookie": f"sid={secretary['Authorization'].removeprefix('Bearer ')}"}
    seen = 0
    for route, _, _ in routes_of(service):
        method, _, path = route.partition(" ")
        if method == "GET":
            continue
        path = re.sub(r"<number>", "9", path.removeprefix(f"/api/{service}"))
        path = re.sub(r"<\w+>", "20121031-0000-7000-8000-000000000009", path)
        sent = {**FOREIGN[how], "headers": {**cookie, **FOREIGN[how].get("headers", {})}}
        answer = browser.open(path, method=method, **sent)
        assert (answer.status_code, answer.json["title"]) == (403, "CrossSite"), route
        seen += 1
    assert seen > 5


@pytest.mark.parametrize("how", list(FOREIGN)[:4])
@pytest.mark.parametrize("path", ["/sign-in/codes", "/sign-in"])
def test_a_foreign_page_asks_for_no_code_and_signs_nobody_in(members, db, path, how):
    answer = members.post(path, **{**FOREIGN[how], "headers": EVIL})

    assert answer.status_code in (400, 415, 422)
    assert "Set-Cookie" not in answer.headers


def test_the_page_of_the_docs_runs_the_one_script_that_stands_in_it(members_app, connection):
    answer = members_app.test_client().get("/docs/")

    policy = answer.headers["Content-Security-Policy"]
    assert len(re.findall(r"<script>", answer.text)) == 1
    assert len(re.findall(r"'sha256-[\w+/]{43}='", policy)) == 1
    assert not re.findall(r"\son\w+=", answer.text)
    parts = re.findall(r'(?:src|href)="([^"]+)"', answer.text)
    assert all(part.startswith("/api/members/docs/") for part in parts)


@pytest.fixture
def site(tmp_path, server):
    """Call it with an address of the built pages for the headers that come with it."""
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "sw.js", "assets/x-0123abcd.js"):
        (tmp_path / name).write_text("x")

    def site(path: str):
        with Client(pages(tmp_path)).get(path) as answer:
            return answer.headers

    return site


@pytest.mark.parametrize("path", ["/", "/inbox/x", "/p/secret", "/sw.js", "/assets/x-0123abcd.js", "/assets/no"])
def test_every_page_is_dressed(site, path):
    told = site(path)

    policy = told["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in told
    assert "Strict-Transport-Security" not in told


def test_by_https_browsers_are_told_to_stay_with_it(site, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://committee.example.org")
    config.cache_clear()

    told = site("/")

    monkeypatch.undo()
    config.cache_clear()
    assert told["Strict-Transport-Security"] == "max-age=31536000"
