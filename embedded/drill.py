"""Damage a running product, take it back, and compare every row: python -m embedded.drill

Its table stands in docs/restoring.md.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import psycopg

from embedded import backup, postgres, settling
from embedded.comparing import DAMAGE, DIGEST, TABLES, Found, State, write
from embedded.progress import say, step
from embedded.restore import Restored, restore
from embedded.settling import Settled
from shared import upkeep

SECRETARY = "白桂芳"
TRIES = 5


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        found = drill(Path(folder))
    said = found.words("./run restore-drill")
    print(f"\n{said}")
    write("drill", said)
    _write_down(fine=not found.wrong)
    if found.wrong:
        say(f"Not what they were: {', '.join(found.wrong)}")
    return 1 if found.wrong else 0


def drill(data: Path) -> Found:
    """The whole of it, with the product and its demo set."""
    from tests.stack import stack  # a deployment has no tests

    with stack(data) as product:
        place = postgres.locate(data / "postgres")
        with used(product), step("备份 Backup"):
            backup.take(place, backup.of_cluster(data, place.data), data / "secrets")
            work_on(product)
        with used(product):
            moment, before = remember(place.url)
            work_on(product)
        damage(place.url)
        damaged = look(place.url)
    begun = time.monotonic()
    with step("恢复 Restore"):
        after, _ = take_back(data, moment)
    return Found(moment, before, damaged, after, time.monotonic() - begun)


def remember(url: str) -> tuple[datetime, State]:
    """What there is at one moment. Whoever uses it may stand in our way, and we in theirs: then again."""
    for _ in range(TRIES - 1):
        with suppress(psycopg.errors.DeadlockDetected):
            return _hold_still(url)
    return _hold_still(url)


def _hold_still(url: str) -> tuple[datetime, State]:
    """Nobody writes while we look."""
    with _connect(url) as connection:
        connection.execute("SET deadlock_timeout = '10s'")
        tables = _tables(connection)
        connection.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE")
        [(moment,)] = connection.execute("SELECT clock_timestamp()").fetchall()
        return moment, _look(connection, tables)


def damage(url: str) -> None:
    with _connect(url) as connection:
        for statement in DAMAGE:
            connection.execute(statement)


def take_back(data: Path, moment: datetime) -> tuple[State, Restored]:
    """What is there right after the log was replayed, before it is settled; and then the rest of the restore."""
    seen: list[State] = []

    def settle(data: Path, url: str, moment: datetime | None) -> Settled:
        seen.append(look(url))
        return settling.settle(data, url, moment)

    restored = restore(data, moment, settle=settle)
    return seen[0], restored


def look(url: str) -> State:
    with _connect(url) as connection:
        return _look(connection, _tables(connection))


def _look(connection: psycopg.Connection, tables: list[str]) -> State:
    return {table: connection.execute(DIGEST.format(table)).fetchall()[0] for table in tables}


def _tables(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES).fetchall()]


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""))


@contextmanager
def used(product) -> Iterator[None]:
    """People use it, one request after the other, while the block runs."""
    over, person = Event(), product.person(SECRETARY)

    def use() -> None:
        while not over.is_set():
            with suppress(AssertionError):  # refused while the tables are compared; a phone tries again
                _see_trouble(person)

    with ThreadPoolExecutor(1) as pool:
        using = pool.submit(use)
        try:
            yield
        finally:
            over.set()
            using.result()


def work_on(product) -> None:
    """An activity that many are told of, and some trouble."""
    person, unit = product.person(SECRETARY), product.key("U02")
    starts = datetime.now(UTC) + timedelta(days=5)
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    facts = {"kind": "sport", "form": "on_site", "place": "操场", "audience": {"everyone": True}, "submit": True}
    for number in range(3):
        posted = unit.post("/events/activities", {"title": f"演练 {number}", **facts, **times})
        person.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
        _see_trouble(person)


def _see_trouble(person) -> None:
    trouble = {"kind": "other", "place": "东门", "words": "恢复演练"}
    person.put(f"/patrol/troubles/{uuid4()}", {"at": datetime.now(UTC).isoformat(), "trouble": trouble})


def _write_down(*, fine: bool) -> None:
    """For the installation that is here: when somebody last proved that it can be restored."""
    data = backup.data_folder()
    if data.exists():
        upkeep.note(data, "drill", fine=fine)


if __name__ == "__main__":
    sys.exit(main())
