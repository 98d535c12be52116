"""What the doctor says of an installation that is well, and of one that is not."""

import os
import re
import shutil
import socket
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import text

from embedded import secrets, valkey
from embedded.doctor import __main__ as doctor
from embedded.doctor import care, databases, here, outside, pulse
from embedded.doctor.finding import Finding
from embedded.lock import hold
from embedded.running import address, settings
from shared import upkeep
from tests.stack import free_port

SMS = {"SMS_URL": "http://127.0.0.1:1", "SMS_KEY_ID": "x", "SMS_KEY_SECRET": "x"}


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """An environment that says nothing of an installation."""
    for name in os.environ.keys() & {"DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "BACKUP_DIR", *secrets.KEYS}:
        monkeypatch.delenv(name)
    for name, value in {"DEMO": "false", "LC_ALL": "en_US.UTF-8", "PORT": str(free_port())}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of its own, as ./run makes it."""
    folder = tmp_path / "数据 data"
    folder.mkdir(mode=0o700)
    secrets.keep(folder / "secrets")
    monkeypatch.setenv("DATA_DIR", str(folder))
    return folder


@pytest.fixture
def well(server, data, monkeypatch, tmp_path):
    """Everything is there and answers: databases, gateways, an address, a backup."""
    broker = valkey.start(tmp_path / "valkey")
    for name, value in {"PUBLIC_URL": "https://committee.example.org", "REDIS_URL": broker.url, **SMS}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", server.url)
    (data / "backups/7498/base").mkdir(parents=True)
    (data / "backups/7498/base/about.json").touch()
    yield broker
    broker.stop()


def faults(findings) -> list[str]:
    """The words of what is wrong."""
    return [finding.words[1] for finding in findings if finding.level == "wrong"]


@pytest.fixture
def beating(engine):
    """The clock strikes and the workers beat, as they do when all runs."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO bus.schedules VALUES ('x', 'notify', 'notify', '2 s', clock_timestamp())"))
        for service in ("members", "events", "patrol", "notify"):
            connection.execute(text("SELECT bus.beat(:service)"), {"service": service})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM bus.schedules; DELETE FROM bus.heartbeats"))


@pytest.mark.usefixtures("well", "beating")
def test_nothing_is_wrong_where_all_is_well(capsys):
    assert doctor.main() == 0

    assert "Nothing is wrong." in capsys.readouterr().out


def test_it_works_where_nothing_runs_and_says_so(data, capsys):
    assert doctor.main() == 1

    said = capsys.readouterr().out
    assert "It does not run here" in said
    assert "SMS is not set up" in said


def test_it_speaks_chinese_where_the_machine_does(data, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    doctor.main()

    said = capsys.readouterr().out
    assert "短信没有设置好" in said
    assert "处要处理" in said


def test_every_fault_says_what_to_do_in_both_languages(data):
    for finding in doctor.examine(data):
        assert finding.level != "wrong" or all(finding.todo)
        assert re.search(r"[\u4e00-\u9fff]|Python", finding.words[0])
        assert not re.search(r"[\u4e00-\u9fff]", finding.words[1].replace(str(data), ""))


def test_a_check_that_cannot_be_done_is_a_finding_and_the_others_are_done(data, capsys, monkeypatch):
    def broken(data):
        raise OSError("the disk is gone")

    monkeypatch.setattr(here, "disk", broken)

    assert doctor.main() == 1
    said = capsys.readouterr().out
    assert "the disk is gone" in said
    assert "There is no backup" in said


@pytest.mark.parametrize(("version", "wrong"), [((3, 10), True), ((3, 11), False), ((3, 14), False), ((3, 15), True)])
def test_python_must_fit(version, wrong):
    assert bool(faults(here.python(version))) is wrong


def test_a_full_disk_is_named(data, monkeypatch):
    monkeypatch.setattr(here, "FREE_BYTES", shutil.disk_usage(data).free + 2**40)

    assert "The disk is nearly full" in faults(here.disk(data))[0]


def test_a_data_folder_that_others_can_read_is_named(data):
    data.chmod(0o755)

    assert "Other users can look into the data folder" in faults(here.folder(data))[0]


def test_a_secret_that_others_can_read_is_named_and_a_closed_one_is_not(data):
    assert faults(here.keys(data)) == []

    (data / "secrets/field_keys").chmod(0o644)

    assert "field_keys" in faults(here.keys(data))[0]


def test_a_database_without_its_key_is_named(data):
    (data / "postgres").mkdir()
    (data / "secrets/field_keys").unlink()

    assert faults(here.keys(data)) == ["There is a database but no key FIELD_KEYS"]


def test_a_port_that_another_program_uses_is_named(data, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))

        assert "Another program uses port" in faults(here.port(data))[0]


def test_a_machine_that_runs_but_does_not_answer_is_named(data):
    with hold(data, f"http://127.0.0.1:{free_port()}"):
        assert "do not answer" in faults(here.port(data))[0]
        assert faults(databases.postgres(data)) == ["Postgres does not run"]


@pytest.mark.usefixtures("well", "beating")
def test_a_silent_worker_is_named(data, engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE bus.heartbeats SET at = now() - interval '5 min' WHERE service = 'patrol'"))

    assert faults(databases.postgres(data)) == ["The worker of patrol is silent"]


@pytest.mark.usefixtures("well")
def test_a_silent_relay_is_named_and_not_the_workers_that_are_silent_without_it(data):
    assert faults(databases.postgres(data)) == ["The relay is silent: nothing is delivered"]


@pytest.mark.usefixtures("well", "beating")
def test_what_waits_in_quarantine_is_named(data, engine):
    insert = "INSERT INTO bus.deliveries (subscriber, topic, queue, quarantined_at) VALUES ('notify', 'x', 'x', now())"
    with engine.begin() as connection:
        connection.execute(text(insert))
    try:
        assert faults(databases.postgres(data)) == ["notify could not handle 1 things; they wait for somebody"]
    finally:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM bus.deliveries"))


@pytest.mark.usefixtures("well", "beating")
def test_tables_of_another_version_are_named(data, monkeypatch):
    monkeypatch.setattr(pulse, "newest", lambda: 9999)

    assert faults(databases.postgres(data)) == ["The tables are not those of this version"]


@pytest.mark.usefixtures("well", "beating")
def test_a_clock_that_differs_is_named(data, monkeypatch):
    monkeypatch.setattr(databases.time, "time", lambda: 0.0)

    assert "The clocks here and of Postgres differ" in faults(databases.postgres(data))[0]


def test_databases_that_do_not_answer_are_named(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://x@127.0.0.1:1/x")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")

    assert "Postgres cannot be reached" in faults(databases.postgres(data))[0]
    assert "Valkey cannot be reached" in faults(databases.broker(data))[0]


def test_a_broker_that_fills_up_or_drops_data_is_named(data, well):
    assert faults(databases.broker(data)) == []
    with Redis.from_url(well.url) as client:
        client.config_set("maxmemory", int(client.info("memory")["used_memory"] * 1.5))
        client.config_set("maxmemory-policy", "allkeys-lru")

    assert [words.split(" ")[0] for words in faults(databases.broker(data))] == ["Valkey", "Valkey's"]


def test_half_a_gateway_is_named(data, monkeypatch):
    monkeypatch.setenv("SMS_URL", SMS["SMS_URL"])
    monkeypatch.setenv("WECOM_URL", "http://127.0.0.1:1")

    said = [finding.todo[1] for finding in outside.gateways(data) if finding.level == "wrong"]

    assert "SMS_KEY_ID, SMS_KEY_SECRET" in said[0]
    assert said[1] == "Still missing: WECOM_CORP_ID, WECOM_AGENT_ID, WECOM_SECRET"


@pytest.mark.parametrize(
    ("url", "level"),
    [
        ("https://committee.example.org", "fine"),
        ("http://committee.example.org", "wrong"),
        ("http://127.0.0.1:8000", "note"),
        ("", "note"),
    ],
)
def test_phones_need_https(data, url, level, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", url)

    assert [finding.level for finding in outside.public_url(data)] == [level]


def test_an_old_backup_is_named(data):
    about = data / "backups/7498/base/about.json"
    about.parent.mkdir(parents=True)
    about.touch()
    made = about.stat().st_mtime

    assert faults(care.backups(data, now=made + 3600)) == []
    assert faults(care.backups(data, now=made + 40 * 3600)) == ["The last backup is 40 hours old"]


def test_a_backup_by_other_means_counts_when_it_is_written_down(data):
    assert [finding.level for finding in care.backups(data)] == ["note"]

    upkeep.note(data, "backup")

    assert [finding.level for finding in care.backups(data)] == ["fine"]


def test_a_restore_that_nobody_tries_or_that_failed_is_named(data):
    assert [finding.level for finding in care.drills(data)] == ["note"]

    upkeep.note(data, "drill")
    made = (data / "upkeep/drill").stat().st_mtime
    assert [finding.level for finding in care.drills(data)] == ["fine"]
    assert "for 101 days" in next(care.drills(data, now=made + 101 * 86400)).words[1]
    upkeep.note(data, "drill", fine=False)
    assert faults(care.drills(data)) == ["The last restore drill failed"]


def test_an_audit_log_that_is_broken_or_that_nobody_looks_at_is_named(data):
    for kind in ("audit_anchor", "audit_check"):
        upkeep.note(data, kind, "one committee")
    now = (data / "upkeep/audit_anchor.one committee").stat().st_mtime
    assert [finding.level for finding in care.audit(data)] == ["fine"]
    assert [finding.level for finding in care.audit(data, now=now + 4 * 3600)] == ["note"]

    upkeep.note(data, "audit_check", "another", fine=False)

    assert faults(care.audit(data)) == ["The audit log is not what was written"]


def test_who_comes_from_outside_finds_a_running_machine(start, tmp_path):
    machine = start(data=tmp_path / "machine").until_open()

    assert address(machine.data) == f"http://127.0.0.1:{machine.port}"
    found = settings(machine.data)
    assert faults(databases.broker(machine.data)) == []
    assert "Postgres cannot be reached" not in str(faults(databases.postgres(machine.data)))
    assert Path(found["FIELD_KEYS_FILE"]).is_file()
    machine.stop()
    assert address(machine.data) is None


def test_a_finding_shows_what_to_do_below_it():
    shown = str(Finding("wrong", ("坏了", "It is broken"), ("修", "Mend it")))

    assert shown == "✗ It is broken\n    → Mend it"
