"""The parts of the supervisor, each by itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from py_vapid import Vapid

from embedded import leftovers, pages, postgres, secrets, valkey


def test_chinese_has_trigrams_in_our_databases(tmp_path):
    server = postgres.start(tmp_path / "数据 库", durable=False)
    try:
        with psycopg.connect(server.url.replace("+psycopg", "")) as database:
            database.execute("CREATE EXTENSION pg_trgm")
            assert database.execute("SELECT cardinality(show_trgm('三顺店社区'))").fetchone() == (6,)
    finally:
        server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_without_namespaces_runs_postgres_as_nobody(tmp_path, open_folder):
    server = postgres.start(tmp_path / "postgres", durable=False, identity="nobody", elsewhere=open_folder)
    try:
        with psycopg.connect(server.url.replace("+psycopg", "")) as database:
            assert database.execute("SELECT current_user").fetchone() == ("app",)
        assert (tmp_path / "postgres/data").stat().st_uid == 65534
    finally:
        server.stop()
        postgres.erase(tmp_path / "postgres")
    assert not (tmp_path / "postgres").exists()


def test_valkey_keeps_what_it_was_told(tmp_path):
    from redis import Redis

    server = valkey.start(tmp_path / "队 列")
    with Redis.from_url(server.url) as client:
        client.set("word", "铃")
    server.stop()
    server = valkey.start(tmp_path / "队 列")
    with Redis.from_url(server.url, decode_responses=True) as client:
        assert client.get("word") == "铃"
    server.stop()


@pytest.fixture
def no_keys(monkeypatch):
    """An environment that gives no keys."""
    for name in secrets.KEYS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_keys")
def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    first = {name: Path(file).read_text() for name, file in secrets.keep(tmp_path).items()}
    second = {name: Path(file).read_text() for name, file in secrets.keep(tmp_path).items()}

    assert first == second
    assert len(set(first.values())) == 5
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


@pytest.mark.usefixtures("no_keys")
def test_the_key_for_web_push_is_one_that_signs(tmp_path):
    key = Path(secrets.keep(tmp_path)["VAPID_PRIVATE_KEY_FILE"]).read_text()

    assert "Authorization" in Vapid.from_string(key).sign({"sub": "mailto:a@example.org", "aud": "https://example.org"})


@pytest.mark.usefixtures("no_keys")
def test_a_key_that_the_environment_gives_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setenv("BLIND_KEY", "given")

    assert "BLIND_KEY_FILE" not in secrets.keep(tmp_path)


def test_pages_are_stale_when_a_source_is_newer(tmp_path):
    for file in ("src/App.vue", "dist/index.html", "node_modules/a/b.js"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    for part in (tmp_path / "src", tmp_path / "src/App.vue"):
        os.utime(part, (1, 1))

    assert not pages.stale(tmp_path)
    os.utime(tmp_path / "src/App.vue")
    os.utime(tmp_path / "dist/index.html", (1, 1))
    assert pages.stale(tmp_path)


@pytest.mark.skipif(not shutil.which("ps"), reason="there is no ps here")
def test_what_was_noted_is_ended_and_a_stranger_is_let_be(tmp_path):
    sleep = [sys.executable, "-c", "import signal; signal.pause()"]
    ours, stranger = (subprocess.Popen(sleep, start_new_session=True) for _ in range(2))
    leftovers.note(tmp_path, [ours.pid])
    with (tmp_path / "children").open("a") as note:
        note.write(f"{stranger.pid} Thu Jan  1 00:00:00 1970\n")

    leftovers.end_those_of_last_time(tmp_path)

    assert ours.wait(10) == -9
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
