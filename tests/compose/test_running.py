"""What a running system does: the door to the outside, what containers may do, and what happens when they go away."""

import re

import pytest
import requests

from shared.bus import SERVICES
from tests.stack import until

PROCESSES = [f"{service}-{kind}" for service in SERVICES for kind in ("api", "worker")]
EVERYTHING = ["proxy", "postgres", "redis", "relay", *PROCESSES]

each_service = pytest.mark.parametrize("service", SERVICES)

#: Ends the process that tini watches, as a crash would: the engine starts the container again.
CRASH = """
import os, signal
for pid in filter(str.isdigit, os.listdir("/proc")):
    if open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1] == "1":
        os.kill(int(pid), signal.SIGKILL)
"""


# ---- the door


def test_every_address_of_the_pages_is_answered_with_the_pages(system):
    start, deep = system.get("/"), system.get("/desk/people?q=1")

    assert (start.status_code, deep.status_code) == (200, 200)
    assert start.text == deep.text
    assert start.headers["Content-Type"] == "text/html; charset=utf-8"


def test_pages_are_asked_for_again_and_their_parts_kept_for_ever(system):
    page = system.get("/")
    part = re.search(r"/assets/[\w.-]+\.js", page.text)
    assert part

    assert page.headers["Cache-Control"] == "no-cache"
    assert system.get("/sw.js").headers["Cache-Control"] == "no-cache"
    assert "immutable" in system.get(part[0]).headers["Cache-Control"]
    assert system.get("/assets/none.js").status_code == 404


def test_pages_may_load_nothing_from_elsewhere(system):
    headers = system.get("/").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "nginx"  # and no version


@each_service
def test_each_service_answers_under_its_path(system, service):
    assert system.get(f"/api/{service}/readyz").json() == {"ok": True}
    assert system.get(f"/api/{service}/openapi.json").json()["servers"] == [{"url": f"/api/{service}"}]


@each_service
def test_figures_are_not_shown_outside(system, service):
    assert system.get(f"/api/{service}/metrics").status_code == 404


def test_an_id_that_the_page_gave_comes_back_with_the_answer(system):
    mine = "0199a0de-0000-7000-8000-00000000c0de"

    answer = system.get("/api/members/healthz", headers={"X-Correlation-Id": mine})

    assert answer.headers["X-Correlation-Id"] == mine


def test_what_is_too_large_is_a_problem_in_our_form(system):
    answer = requests.post(f"{system.url}/api/notify/x", data=b" " * 3_000_000, timeout=10)

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "TooLarge"


# ---- what containers may do


@pytest.mark.parametrize("service", EVERYTHING)
def test_a_container_is_nobody_on_this_machine(system, service):
    status = system("exec", "-T", service, "cat", "/proc/1/status")

    assert not re.search(r"^Uid:\s+0\b", status, re.MULTILINE)
    assert re.search(r"^CapEff:\s+0+$", status, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\s+1$", status, re.MULTILINE)


def test_a_service_cannot_read_another_services_tables(system):
    ask = (
        "import psycopg; from shared.config import config;"
        "url = config().database_url_for('patrol').replace('+psycopg', '');"
        "psycopg.connect(url).execute('SELECT 1 FROM members.people')"
    )

    refused = system("exec", "-T", "patrol-worker", "sh", "-c", f'python -c "{ask}" 2>&1 || true')

    assert "InsufficientPrivilege" in refused


def test_only_what_sends_messages_reaches_the_world(system):
    world = system.inspect("standin", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")
    call = f"import socket; socket.create_connection(('{world}', 8025), timeout=2)"

    def reaches(name: str) -> bool:
        return "0" in system("exec", "-T", name, "sh", "-c", f'python -c "{call}" 2> /dev/null; echo $?').split()

    assert {name for name in PROCESSES if reaches(name)} == {"notify-worker"}


# ---- what happens when something goes away


def test_a_service_that_is_away_is_a_problem_that_says_when_to_come_back(system):
    system("stop", "events-api")
    answer = system.get("/api/events/readyz")
    system("start", "events-api")

    assert answer.status_code == 503
    assert answer.json()["title"] == "Unavailable"
    assert answer.headers["Retry-After"]
    until(lambda: system.get("/api/events/readyz").ok, seconds=90)


def test_a_worker_that_crashes_is_started_again_and_works(system):
    started = system.inspect("patrol-worker", "{{.State.StartedAt}}")

    system("exec", "-d", "-T", "patrol-worker", "python", "-c", CRASH)

    until(lambda: system.inspect("patrol-worker", "{{.State.StartedAt}} {{.State.Running}}") != f"{started} true")
    system.wait_for_a_beat("patrol")


def test_a_worker_ends_by_itself_when_it_is_told_to_stop(system):
    system("stop", "members-worker")
    ended = system.inspect("members-worker", "{{.State.ExitCode}} {{.State.OOMKilled}}")
    system("start", "members-worker")

    assert ended == "0 false"
    system.wait_for_a_beat("members")


def test_an_emptied_redis_loses_nothing(system):
    empty = 'REDISCLI_AUTH="$(cat /run/secrets/redis_password)" redis-cli flushall'

    system("exec", "-T", "redis", "sh", "-c", empty)

    for service in SERVICES:
        system.wait_for_a_beat(service)


def test_all_goes_on_when_postgres_and_redis_were_away(system):
    system("restart", "postgres", "redis")

    for service in SERVICES:
        until(lambda service=service: system.get(f"/api/{service}/readyz").ok, seconds=60)
        system.wait_for_a_beat(service)


def test_more_workers_share_the_work(system):
    system("up", "-d", "--no-recreate", "--scale", "notify-worker=2", "notify-worker")
    both = system("ps", "-q", "notify-worker").split()
    system.wait_for_a_beat("notify")
    system("up", "-d", "--no-recreate", "--scale", "notify-worker=1", "notify-worker")

    assert len(both) == 2


def test_migrating_again_changes_nothing(system):
    before = system.sql("SELECT version_num FROM alembic_version")

    system("run", "--rm", "migrate")

    assert system.sql("SELECT version_num FROM alembic_version") == before
