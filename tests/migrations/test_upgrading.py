"""A database that is in use becomes newer; and one whose migration fails stays what it was."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from uuid import uuid4

import psycopg
import pytest
from alembic.script import ScriptDirectory

from embedded import postgres
from migrations import patience
from migrations import upgrade as upgrading
from migrations.upgrade import upgrade
from tests.conftest import COMMITTEE
from tests.stack import until

HEAD = ScriptDirectory(str(upgrading.FOLDER)).get_current_head()
PUBLISH = """
    SELECT bus.publish('patrol.trouble_reported.v1', NULL, now(), 'test', '', NULL, 'B', '{}', ARRAY['notify'],
        ARRAY['notify'])
"""
WAITING = "SELECT id FROM bus.deliveries WHERE subscriber = 'notify' LIMIT 1"
KEEP_ANSWER = """
    INSERT INTO bus.idempotency (committee_id, actor, route, key, request)
    VALUES (bus.committee(), 'person:test', 'PUT /', %s, '')
"""
BROKEN = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", {last!r}, None, None


def upgrade() -> None:
    op.execute("ALTER TABLE patrol.check_ins ADD COLUMN half int; DROP TABLE notify.texts CASCADE")
    op.execute("SELECT 1 / 0")
"""


@dataclass
class Use:
    """What the services of the version before do, all the time."""

    url: str
    rounds: int = 0
    failures: list[Exception] = field(default_factory=list)

    def once(self) -> None:
        with self.signed_in("patrol") as patrol:
            patrol.execute(PUBLISH)
            patrol.execute(KEEP_ANSWER, [str(uuid4())])
            patrol.execute("SELECT count(*) FROM patrol.check_ins")
        with self.signed_in("notify") as notify, psycopg.connect(self.url) as owner:
            for (delivery,) in owner.execute(WAITING).fetchall():
                assert notify.execute("SELECT * FROM bus.acknowledge('notify', %s)", [delivery]).fetchone()
        self.rounds += 1

    def until(self, over: Event) -> None:
        while not over.is_set():
            try:
                self.once()
            except psycopg.Error as failure:
                self.failures.append(failure)

    def some_rounds(self) -> None:
        seen = self.rounds
        until(lambda: self.rounds > seen + 3 or self.failures)

    @contextmanager
    def signed_in(self, role: str) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url, user=role) as connection:
            connection.execute("SELECT set_config('app.committee', %s, true)", [str(COMMITTEE)])
            yield connection


@pytest.fixture
def old(tmp_path, server):
    """A database of the first release; the answer is its address."""
    old = postgres.start(tmp_path / "old", durable=False)
    upgrade(old.url, "0002")
    yield old.url
    old.stop()


@pytest.fixture
def plain(old):
    return old.replace("+psycopg", "")


@pytest.fixture
def use(plain):
    with psycopg.connect(plain) as owner:
        owner.execute("INSERT INTO bus.committees VALUES (%s, 'c', 'C') ON CONFLICT DO NOTHING", [COMMITTEE])
    use, over = Use(plain), Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(use.until, over)
        try:
            use.some_rounds()
            yield use
        finally:
            over.set()


def test_a_database_in_use_becomes_newer_and_nobody_notices(old, plain, use):
    upgrade(old)
    use.some_rounds()

    assert columns(plain)[0][2] == HEAD
    assert use.failures == []


def test_a_migration_lets_others_pass_while_somebody_holds_its_table(old, plain, use, monkeypatch):
    monkeypatch.setattr(patience, "PAUSE", 0.1)
    with psycopg.connect(plain) as reader, ThreadPoolExecutor(1) as pool:
        reader.execute("SELECT count(*) FROM bus.idempotency")
        migration = pool.submit(upgrade, old)
        until(lambda: waits_for_a_lock(plain) or migration.done())
        use.some_rounds()
        assert not migration.done()
        reader.rollback()
        migration.result()

    assert columns(plain)[0][2] == HEAD
    assert use.failures == []


@pytest.fixture
def break_the_next(tmp_path, monkeypatch):
    """Call it to put a revision after the last that fails halfway."""

    def break_the_next() -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(upgrading.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions/9999_broken.py").write_text(BROKEN.format(last=HEAD))
        monkeypatch.setattr(upgrading, "FOLDER", folder)

    return break_the_next


def test_a_migration_that_fails_half_way_changes_nothing_and_the_old_version_runs_on(old, plain, use, break_the_next):
    upgrade(old)
    break_the_next()
    before = columns(plain)

    with pytest.raises(Exception, match="division by zero"):
        upgrade(old)

    use.some_rounds()
    assert columns(plain) == before
    assert columns(plain)[0][2] == HEAD
    assert use.failures == []


def test_all_new_revisions_come_together_or_not_at_all(old, plain, break_the_next):
    break_the_next()
    before = columns(plain)

    with pytest.raises(Exception, match="division by zero"):
        upgrade(old)

    assert columns(plain) == before


def test_whoever_never_gets_the_lock_is_told_and_has_changed_nothing(old, plain):
    before = columns(plain)
    with psycopg.connect(plain) as reader:
        reader.execute("SELECT count(*) FROM bus.idempotency")

        with pytest.raises(patience.Busy, match="nothing was changed"):
            upgrading.upgrade(old, tries=2)

    assert columns(plain) == before


def columns(url: str) -> list:
    """Every column there is, and the revision."""
    wanted = """
        SELECT table_schema, table_name, column_name FROM information_schema.columns
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
        UNION ALL SELECT '', '', version_num FROM public.alembic_version ORDER BY 1, 2, 3
    """
    with psycopg.connect(url) as owner:
        return owner.execute(wanted).fetchall()


def waits_for_a_lock(url: str) -> bool:
    with psycopg.connect(url) as owner:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return owner.execute(asked).fetchone() != (0,)
