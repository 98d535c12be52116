"""What operators see: figures of this process and of the installation, alerts that are explained."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import yaml
from sqlalchemy import text

from embedded import postgres, program
from services.notify.models import Message, Rule, Sending, Text
from shared import metrics, upkeep
from shared.config import config
from shared.db import now

ROOT = Path(__file__).parents[2]
ALERTS = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
PANELS = json.loads((ROOT / "deploy/grafana/joint.json").read_text())["panels"]
EXPRESSIONS = [rule["expr"] for rule in ALERTS] + [target["expr"] for panel in PANELS for target in panel["targets"]]

#: Figures that Postgres does not give, or not here.
ELSEWHERE = ("broker_", "streams_", "pool_", "postgres_up", "wal_", "upkeep_")

TOKEN = {"Authorization": "Bearer for-prometheus"}
WAITING = text("""
    INSERT INTO bus.deliveries (event_id, subscriber, topic, queue, quarantined_at)
    VALUES (uuidv7(), :subscriber, 'events.x.v1', 'x', CASE WHEN :quarantined THEN now() END)
""")


@pytest.fixture
def asked(things, monkeypatch):
    """Call it for the figures, anew each time, as Prometheus gets them."""
    monkeypatch.setenv("METRICS_TOKEN", "for-prometheus")
    config.cache_clear()
    things.get("/healthz")  # so that something has been timed

    def asked() -> str:
        metrics.installation.stale_at = 0.0
        answer = things.get("/metrics", headers=TOKEN)
        assert answer.status_code == 200
        return answer.text

    yield asked
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def figures(db):
    """Call it for what Postgres knows: {name: {labels: value}}."""

    def figures() -> dict[str, dict[tuple, float]]:
        found: dict[str, dict[tuple, float]] = {}
        for name, labels, value in db.execute(text("SELECT * FROM bus.figures()")):
            found.setdefault(name, {})[tuple(labels.values())] = value
        return found

    return figures


@pytest.fixture
def sending(db):
    """Call it for a sending in some state, with what its provider said last."""
    id = db.execute(text("SELECT uuidv7()")).scalar_one()
    event, rule = {"event_id": id, "topic": "x", "urgency": "duty", "language": "zh"}, {"rule_id": id}
    about = {"code": "x", "topic": "x", "condition": {}, "audience": [], "template": "x", "why": {}}
    db.add(Rule(id=id, urgency="duty", needs_answer=False, on=True, **about))
    db.flush()
    db.add(Text(**event, **rule, sms_code=""))
    db.flush()
    db.add(Message(id=id, thread=id, person_id=id, role="duty", inbox=True, needs_answer=False, **event, **rule))
    db.flush()

    def sending(state: str, detail: str | None = None, late: int = 0) -> None:
        new = db.execute(text("SELECT uuidv7()")).scalar_one()
        due = now() - timedelta(seconds=late)
        facts = {"channel": "sms", "priority": 1, "state": state, "detail": detail, "due_at": due, "expires_at": due}
        db.add(Sending(id=new, message_id=id, event_id=id, **facts))
        db.flush()

    return sending


def test_figures_are_for_whoever_shows_the_token(things, asked):
    for headers in (
        {},
        {"Authorization": "Bearer guessed"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic Og=="},
    ):
        assert things.get("/metrics", headers=headers).status_code == 401

    assert "joint_postgres_up 1.0" in asked()


def test_without_a_token_in_the_settings_figures_are_for_nobody(things):
    assert things.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401
    assert things.get("/metrics", headers=TOKEN).status_code == 401


def test_a_service_may_ask_for_the_figures_and_read_nothing_by_it(db):
    for role in ("members", "events", "patrol", "notify"):
        db.execute(text(f"SET LOCAL ROLE {role}"))
        assert db.execute(text("SELECT count(*) FROM bus.figures()")).scalar()
        assert not db.execute(text("SELECT has_table_privilege('bus.deliveries', 'SELECT')")).scalar()
    db.execute(text("RESET ROLE"))


def test_what_waits_is_counted_and_what_is_in_quarantine_apart(db, figures):
    for quarantined in (False, False, True):
        db.execute(WAITING, {"subscriber": "patrol", "quarantined": quarantined})

    found = figures()

    assert found["deliveries_open"]["patrol",] == 2
    assert found["deliveries_quarantined"]["patrol",] == 1
    assert found["deliveries_open"]["notify",] == 0


def test_the_age_is_that_of_the_oldest(db, figures):
    old = UUID(
        db.execute(text("SELECT bus.first_uuid(now() - interval '100 s')")).scalar().hex[:12] + "70008" + "0" * 15
    )
    insert = "INSERT INTO bus.deliveries (id, subscriber, topic, queue) VALUES (:id, 'patrol', 'x', 'x')"
    db.execute(text(insert), {"id": old})
    db.execute(WAITING, {"subscriber": "patrol", "quarantined": False})

    age = figures()["delivery_oldest_seconds"]

    assert age["patrol",] >= 100
    assert age["notify",] == 0


def test_a_worker_that_never_showed_itself_is_silent_for_ever(db, figures):
    db.execute(text("SELECT bus.beat('patrol')"))

    age = figures()["worker_beat_age_seconds"]

    assert age["patrol",] < 60
    assert age["notify",] == float("inf")
    assert figures()["relay_tick_age_seconds"][()] == float("inf")


def test_sendings_are_counted_by_channel_and_state_and_errors_by_kind(figures, sending):
    for state, detail in (
        ("failed", "HTTP 503"),
        ("failed", "ReadTimeoutError"),
        ("gave_up", "isv.OUT_OF_SERVICE: 余额不足"),
        ("unknown", "cut off"),
        ("sent", "OK"),
        ("queued", None),
    ):
        sending(state, detail, late=50)

    found = figures()

    assert found["sendings_open"] == {
        ("failed", "sms"): 2,
        ("gave_up", "sms"): 1,
        ("unknown", "sms"): 1,
        ("queued", "sms"): 1,
    }
    assert found["sendings_last_hour"]["sent", "sms"] == 1
    assert set(found["gateway_errors"]) == {(k, "sms") for k in ("http_5xx", "no_answer", "refused", "cut_off")}
    assert found["sending_oldest_due_seconds"]["duty",] >= 50
    assert found["sending_oldest_due_seconds"]["critical",] == 0
    assert set(found) == {name for name in metrics.FIGURES if not name.startswith(ELSEWHERE)}


def test_without_broker_or_postgres_the_rest_is_still_told(asked, monkeypatch):
    assert "joint_broker_up 0.0" in asked()  # the tests' broker is at a closed port

    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://x@127.0.0.1:1/x")
    config.cache_clear()

    assert "joint_postgres_up 0.0" in (figures := asked())
    assert "http_requests_total" in figures


def test_the_depth_of_each_queue_is_told(asked, monkeypatch, tmp_path):
    from redis import Redis

    from embedded import valkey

    server = valkey.start(tmp_path / "valkey")
    try:
        with Redis.from_url(server.url) as client:
            client.lpush("joint:notify.urgent", "a", "b")
        monkeypatch.setenv("REDIS_URL", server.url)
        config.cache_clear()

        figures = asked()
    finally:
        server.stop()

    assert 'joint_broker_queue_length{queue="notify.urgent"} 2.0' in figures
    assert 'joint_broker_queue_length{queue="patrol"} 0.0' in figures
    assert "joint_broker_memory_bytes" in figures


def test_the_age_of_what_keeps_us_safe_is_told_and_what_failed(asked, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    config.cache_clear()
    assert 'joint_upkeep_age_seconds{what="backup"} +Inf' in asked()
    upkeep.note(tmp_path, "backup")
    upkeep.note(tmp_path, "audit_check", "one")
    upkeep.note(tmp_path, "audit_check", "another", fine=False)
    hour_ago = (tmp_path / "upkeep/backup").stat().st_mtime - 3600
    os.utime(tmp_path / "upkeep/backup", (hour_ago, hour_ago))

    told = dict(re.findall(r'^joint_upkeep_(\w+{what="\w+"}) (\S+)$', asked(), re.M))

    assert 3600 <= float(told['age_seconds{what="backup"}']) < 3700
    assert told['age_seconds{what="drill"}'] == "+Inf"
    assert (told['failed{what="backup"}'], told['failed{what="audit_check"}']) == ("0.0", "1.0")


def test_the_age_of_the_last_archived_change_is_told_where_changes_are_archived(asked, tmp_path, monkeypatch):
    place = postgres.prepare(tmp_path / "postgres")
    settings = postgres.archiving(place, tmp_path / "archive")
    server = program.start(postgres.describe(place, more=settings), place.url, tmp_path / "log")
    try:
        with psycopg.connect(place.url.replace("+psycopg", "")) as connection:
            row = connection.execute(metrics.ARCHIVED).fetchone()
    finally:
        server.stop()

    assert row is not None
    assert row[:2] == ("wal_archived_age_seconds", {})
    assert 0 <= row[2] < 300
    assert "# TYPE joint_wal_archived_age_seconds" in asked()
    assert "\njoint_wal_archived_age_seconds " not in asked(), "these tests archive nothing"


def test_figures_are_asked_for_once_in_a_while_only(asked, monkeypatch):
    asked()
    monkeypatch.setattr(metrics, "of_postgres", lambda service: pytest.fail("asked again"))

    assert metrics.installation.figures("members")


def test_routes_are_timed_and_counted(things, asked):
    things.get("/taken")

    figures = asked()

    assert 'http_request_seconds_bucket{le="0.5",route="/taken",service="members"}' in figures
    assert 'http_requests_total{method="GET",route="/taken",service="members",status="409"}' in figures


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_metric_of_alerts_and_dashboard_exists(asked, expression):
    names = metrics_in(expression)

    assert names
    assert not names - exposed(asked()) - {"up"}, "and `up` Prometheus adds"


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_is_explained_in_the_runbook(rule):
    entry = re.search(rf"^## {rule['alert']}\n(.*?)(?=^## |\Z)", (ROOT / "docs/runbook.md").read_text(), re.M | re.S)

    assert entry, "no entry"
    assert entry[1].startswith(f"*{rule['labels']['severity']}.*")
    assert "- Do:" in entry[1] or "- Look and do:" in entry[1]
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"


def test_the_runbook_explains_no_alert_that_is_gone():
    told = re.findall(r"^## (\w+)$", (ROOT / "docs/runbook.md").read_text().partition("\n---\n")[2], re.M)

    assert told == [rule["alert"] for rule in ALERTS]


def metrics_in(expression: str) -> set[str]:
    """The names of metrics in an expression of PromQL."""
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\b(by|without|on|ignoring)\s*\([^)]*\)", " ", expression)
    return set(re.findall(r"\b(?:[a-z]\w*_\w+|up)\b(?!\s*\()", bare))


def exposed(figures: str) -> set[str]:
    """The names that a scrape yields, those without a value now included."""
    return set(re.findall(r"^(?:# TYPE )?([a-z_]+)", figures, re.M))
