"""Backups of a running PostgreSQL, and what comes back out of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from embedded import backup, drill, photos, postgres, program, secrets
from embedded import restore as command
from embedded.program import PROJECT
from embedded.settling import REPLACED, Settled
from services.notify.channels import CHANNELS
from tests.embedded.conftest import eventually

#: These databases are not the product's: there is nothing to settle in them.
SETTLED = Settled(0, 0, 0, 0)


class House:
    """A data folder with a database in it, run by hand."""

    def __init__(self, data):
        self.data = data
        self.folder = backup.of_cluster(data, self.place.data)

    @property
    def place(self) -> postgres.Place:
        """Looked up each time: the folder of its socket goes when the server stops."""
        return postgres.prepare(self.data / "postgres")

    @contextmanager
    def running(self):
        settings = postgres.archiving(self.place, self.folder / backup.ARCHIVE)
        described = postgres.describe(self.place, more=settings)
        server = program.start(described, self.place.url, self.data / "logs/postgres.log")
        try:
            with self.connect() as connection:
                yield connection
        finally:
            server.stop()

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.place.url.replace("+psycopg", ""), autocommit=True)

    def words(self) -> list[str]:
        with self.running() as database:
            return [word for (word,) in database.execute("SELECT word FROM kept ORDER BY word").fetchall()]

    def restore(self, moment: datetime | None, source=None) -> command.Restored:
        return command.restore(self.data, moment, source, settle=lambda data, url, moment: SETTLED)

    def take(self) -> backup.Backup:
        return backup.take(self.place, self.folder, pictures=self.photos)

    @property
    def photos(self) -> Path:
        return photos.folder(self.data)

    def add_photo(self, name: str) -> Path:
        path = self.photos / "committee" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        return path


@pytest.fixture
def house(tmp_path, monkeypatch):
    for name in ("BACKUP_DIR", "DATABASE_URL", "PHOTO_DIR"):
        monkeypatch.delenv(name, raising=False)
    data = tmp_path / "共建 100% data"
    monkeypatch.setenv("DATA_DIR", str(data))
    return House(data)


def write(database, word: str) -> None:
    database.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
    database.execute("INSERT INTO kept VALUES (%s)", [word])


def clock(database) -> datetime:
    return database.execute("SELECT clock_timestamp()").fetchone()[0]


def test_a_moment_comes_back_and_what_was_there_is_kept_aside(house):
    with house.running() as database:
        write(database, "before the backup")
        house.take()
        write(database, "after the backup")
        moment = clock(database)
        database.execute("DELETE FROM kept")

    restored = house.restore(moment)

    assert house.words() == ["after the backup", "before the backup"]
    assert restored.last_change <= moment
    assert (restored.aside / "PG_VERSION").exists()


def test_photos_come_back_and_what_two_backups_have_is_one_file(house):
    kept, lost = house.add_photo("kept"), house.add_photo("lost")
    with house.running():
        first = house.take()
        eventually(lambda: f"{datetime.now(UTC):{backup.STAMP}}" > first.folder.name)
        second = house.take()
    lost.unlink()
    kept.write_text("untouched")

    restored = house.restore(None)

    assert restored.photos == 1
    assert [path.read_text() for path in (kept, lost)] == ["untouched", "lost"]
    assert (second.folder / "photos/committee/lost").stat().st_nlink == 2


def test_after_a_restore_there_are_moments_to_restore_to_again(house):
    with house.running() as database:
        house.take()
        write(database, "first life")
        moment = clock(database)
        write(database, "lost")
    house.restore(moment)
    with house.running() as database:
        write(database, "second life")
        moment = clock(database)
        database.execute("DROP TABLE kept")

    house.restore(moment)

    assert house.words() == ["first life", "second life"]


def test_the_latest_takes_what_a_killed_server_had_not_yet_archived(house):
    with house.running() as database:
        house.take()
        write(database, "a moment before the power went")
        pid = int((house.place.data / "postmaster.pid").read_text().split()[0])
        subprocess.run(["kill", f"-{signal.SIGQUIT.value}", str(pid)], check=True)
    for file in (house.place.data / "base").rglob("*"):
        if file.is_file():
            file.write_bytes(b"")

    house.restore(None)

    assert house.words() == ["a moment before the power went"]


def test_a_moment_after_the_last_change_is_everything(house):
    with house.running() as database:
        house.take()
        write(database, "the last word")
        moment = clock(database) + timedelta(seconds=1)

    house.restore(moment)

    assert house.words() == ["the last word"]


def test_on_a_new_machine_the_backups_are_enough(house, tmp_path):
    with house.running() as database:
        house.take()
        write(database, "carried over")
    elsewhere = tmp_path / "carried"
    shutil.copytree(house.folder, elsewhere)
    shutil.rmtree(house.data)

    restored = house.restore(None, elsewhere)

    assert restored.aside is None
    assert house.words() == ["carried over"]


def test_a_moment_before_the_first_backup_is_refused_and_nothing_is_touched(house):
    with house.running() as database:
        write(database, "here")
        moment = clock(database)
        house.take()

    with pytest.raises(command.NoBackup, match="the first moment is"):
        house.restore(moment)

    assert house.words() == ["here"]


def test_a_damaged_backup_does_not_take_the_place_of_what_is_there(house):
    with house.running() as database:
        write(database, "here")
        made = house.take()
    (made.data / "global/pg_control").write_bytes(b"")
    with pytest.raises(program.NeverReady, match="pg_verifybackup"):
        house.restore(None)

    assert house.words() == ["here"]


def test_the_newest_backups_are_kept_with_the_archive_that_they_need(house, monkeypatch):
    monkeypatch.setattr(backup, "KEPT", 1)
    with house.running() as database:
        first = house.take()
        needed_before = backup._first_piece(first)
        archive = house.folder / backup.ARCHIVE
        eventually(lambda: f"{datetime.now(UTC):{backup.STAMP}}" > first.folder.name)
        eventually((archive / f"{needed_before}.gz").exists)
        write(database, "kept")
        last = house.take()
        needed = backup._first_piece(last)

    assert [kept.folder for kept in backup.backups(house.folder)] == [last.folder]
    assert not list(archive.glob(f"{needed_before}*"))
    assert needed_before < needed
    house.restore(None)
    assert house.words() == ["kept"]


def test_the_archive_never_writes_over_a_piece(house, tmp_path):
    piece, archive = tmp_path / "000000010000000000000001", tmp_path / "archive"
    archive.mkdir()
    command = [PROJECT / "deploy/archive-wal", piece, archive]
    piece.write_bytes(b"one")

    assert subprocess.run(command).returncode == 0
    assert subprocess.run(command).returncode == 0
    piece.write_bytes(b"other")
    assert subprocess.run(command).returncode != 0
    fetched = tmp_path / "fetched"
    assert subprocess.run([PROJECT / "deploy/fetch-wal", piece.name, fetched, archive]).returncode == 0
    assert fetched.read_bytes() == b"one"


def test_a_running_machine_is_backed_up_and_its_restore_refused(start, house):
    machine = start(data=house.data).until_open()
    with machine.database() as database:
        write(database, "here")

    taken = subprocess.run([sys.executable, "-m", "embedded.backup"], cwd=PROJECT, capture_output=True, text=True)
    refused = subprocess.run([sys.executable, "-m", "embedded.restore", "--latest"], cwd=PROJECT, capture_output=True)

    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert len(backup.backups(house.folder)) == 1
    assert (house.data / "upkeep/backup").read_text() == "fine\n"
    assert refused.returncode == 3
    with machine.database() as database:
        eventually(lambda: list((house.folder / backup.ARCHIVE).glob("*.gz")))
        assert database.execute("SELECT failed_count FROM pg_stat_archiver").fetchone() == (0,)


def test_a_backup_says_from_when_on_it_serves_and_knows_its_keys_without_holding_them(house):
    keys = house.data / "secrets"
    keys.mkdir()
    (keys / "field_keys").write_text("very secret")
    with house.running():
        made = backup.take(house.place, house.folder, keys)

    about = json.loads((made.folder / "about.json").read_text())
    assert made.ended <= datetime.now(UTC)
    assert about["keys"] == backup.fingerprint(keys)
    assert not [file for file in made.folder.rglob("*") if file.is_file() and b"very secret" in file.read_bytes()]


def test_a_small_drill_finds_every_row_again_and_the_new_epoch_begins(house):
    """The great one is `python -m embedded.drill`, with the product and its demo set."""
    with house.running() as database:
        subprocess.run([sys.executable, "-m", "migrations"], cwd=PROJECT, env=settings_of(house), check=True)
        house.take()
        write(database, "at the moment")
        moment, before = drill.remember(house.place.url)
        write(database, "later")
        database.execute("DROP TABLE patrol.troubles")
        damaged = drill.look(house.place.url)

    after, restored = drill.take_back(house.data, moment)

    assert before == after != damaged
    assert restored.settled.forgotten == 0
    with house.running() as database:
        assert database.execute("SELECT restored_to FROM bus.epochs").fetchall() == [(moment,)]


def test_the_restore_knows_on_which_channels_a_second_copy_does_no_harm():
    assert sorted(REPLACED) == sorted(name for name, channel in CHANNELS.items() if channel.repeats == "replaced")


def settings_of(house: House) -> dict[str, str]:
    keys = secrets.keep(house.data / "secrets")
    return {**os.environ, **keys, "DATABASE_URL": house.place.url, "REDIS_URL": "redis://127.0.0.1:1/0"}
