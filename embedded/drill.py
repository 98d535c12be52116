"""Damage a running product, take it back, and compare every row: python -m embedded.drill

Its table stands in docs/restoring.md.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import psycopg

from embedded import backup, postgres, settling
from embedded.program import PROJECT
from embedded.progress import say, step
from embedded.restore import Restored, restore
from embedded.settling import Settled

SECRETARY = "白桂芳"
DOCUMENT = PROJECT / "docs/restoring.md"
TABLES = """
    SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1
"""
#: What a table holds, whatever the order of its rows.
DIGEST = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} AS t"

State = dict[str, tuple[int, str | None]]


@dataclass(frozen=True)
class Found:
    """What there was at the moment, what the damage left, and what came back."""

    moment: datetime
    before: State
    damaged: State
    after: State
    restored: Restored
    seconds: float

    @property
    def wrong(self) -> list[str]:
        """The tables that are not what they were."""
        return [table for table in self.before | self.after if self.before.get(table) != self.after.get(table)]

    def table(self) -> str:
        rows = [self._row(schema) for schema in sorted({table.partition(".")[0] for table in self.before})]
        head = "| Schema | Tables | Rows at the moment | Rows after the damage | Rows restored | Tables that differ |\n"
        return head + "|---|--:|--:|--:|--:|--:|\n" + "\n".join(rows)

    def _row(self, schema: str) -> str:
        counts = [_rows(state, schema) for state in (self.before, self.damaged, self.after)]
        tables = sum(table.startswith(f"{schema}.") for table in self.before)
        wrong = sum(table.startswith(f"{schema}.") for table in self.wrong)
        return f"| {schema} | {tables} | " + " | ".join(f"{count:,}" for count in counts) + f" | {wrong} |"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        found = drill(Path(folder))
    said = _words(found)
    print(f"\n{said}")
    _write(said)
    if found.wrong:
        say(f"Not what they were: {', '.join(found.wrong)}")
    return 1 if found.wrong else 0


def drill(data: Path) -> Found:
    """The whole of it, with the product and its demo set."""
    from tests.stack import stack  # a deployment has no tests

    with stack(data) as product:
        place = postgres.locate(data / "postgres")
        with _used(product), step("备份 Backup"):
            backup.take(place, backup.of_cluster(data, place.data), data / "secrets")
            _work_on(product)
        with _used(product):
            moment, before = remember(place.url)
            _work_on(product)
        damage(place.url)
        damaged = look(place.url)
    begun = time.monotonic()
    with step("恢复 Restore"):
        after, restored = take_back(data, moment)
    return Found(moment, before, damaged, after, restored, time.monotonic() - begun)


def remember(url: str) -> tuple[datetime, State]:
    """What there is at one moment: nobody writes while we look."""
    with _connect(url) as connection:
        connection.execute("SET deadlock_timeout = '10s'")
        tables = _tables(connection)
        connection.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE")
        [(moment,)] = connection.execute("SELECT clock_timestamp()").fetchall()
        return moment, _look(connection, tables)


def damage(url: str) -> None:
    """What a person with too many rights does in a bad minute."""
    with _connect(url) as connection:
        connection.execute("DELETE FROM members.people WHERE left(md5(id::text), 1) < '8'")
        connection.execute("TRUNCATE patrol.check_ins, notify.sendings")
        connection.execute("UPDATE events.activities SET title = ''")
        connection.execute("DROP TABLE events.sign_ups CASCADE")


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
def _used(product) -> Iterator[None]:
    """People use it, one request after the other, while the block runs."""
    over, person = Event(), product.person(SECRETARY)

    def use() -> None:
        while not over.is_set():
            with suppress(
                AssertionError
            ):  # refused for the moment in which the tables are compared; a phone tries again
                _see_trouble(person)

    with ThreadPoolExecutor(1) as pool:
        using = pool.submit(use)
        try:
            yield
        finally:
            over.set()
            using.result()


def _work_on(product) -> None:
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


def _write(said: str) -> None:
    """Put it between its markers."""
    text = DOCUMENT.read_text()
    new = re.sub(
        r"(<!-- drill -->\n).*?(<!-- /drill -->)", lambda mark: f"{mark[1]}{said}\n{mark[2]}", text, flags=re.S
    )
    DOCUMENT.write_text(new)


def _words(found: Found) -> str:
    back = f"Taken back to {found.moment:%H:%M:%S.%f} in {found.seconds:.1f} s"
    return f"{found.table()}\n\n{back}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, by `./run restore-drill`."


def _rows(state: State, schema: str) -> int:
    return sum(count for table, (count, _) in state.items() if table.startswith(f"{schema}."))


if __name__ == "__main__":
    sys.exit(main())
