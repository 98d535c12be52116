"""What a drill does to a database, how every row is compared, and the table of it in docs/restoring.md."""

import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime

from embedded.program import PROJECT

DOCUMENT = PROJECT / "docs/restoring.md"
TABLES = """
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1
"""
#: What a table holds, whatever the order of its rows.
DIGEST = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} AS t"
#: What a person with too many rights does in a bad minute.
DAMAGE = (
    "DELETE FROM members.people WHERE left(md5(id::text), 1) < '8'",
    "TRUNCATE patrol.check_ins, notify.sendings",
    "UPDATE events.activities SET title = ''",
    "DROP TABLE events.sign_ups CASCADE",
)

#: Rows and digest of each table.
State = dict[str, tuple[int, str | None]]


@dataclass(frozen=True)
class Found:
    """What there was at the moment, what the damage left, and what came back."""

    moment: datetime
    before: State
    damaged: State
    after: State
    seconds: float

    @property
    def wrong(self) -> list[str]:
        """The tables that are not what they were."""
        return [table for table in self.before | self.after if self.before.get(table) != self.after.get(table)]

    def words(self, command: str) -> str:
        """The table, and how it came about."""
        back = f"Taken back to {self.moment:%H:%M:%S.%f} in {self.seconds:.1f} s"
        return f"{self._table()}\n\n{back}, {circumstances(command)}."

    def _table(self) -> str:
        rows = [self._row(schema) for schema in sorted({table.partition(".")[0] for table in self.before})]
        head = "| Schema | Tables | Rows at the moment | Rows after the damage | Rows restored | Tables that differ |\n"
        return head + "|---|--:|--:|--:|--:|--:|\n" + "\n".join(rows)

    def _row(self, schema: str) -> str:
        counts = [_rows(state, schema) for state in (self.before, self.damaged, self.after)]
        tables = sum(table.startswith(f"{schema}.") for table in self.before)
        wrong = sum(table.startswith(f"{schema}.") for table in self.wrong)
        return f"| {schema} | {tables} | " + " | ".join(f"{count:,}" for count in counts) + f" | {wrong} |"


def write(mark: str, said: str) -> None:
    """Put it between its two marks in the document."""
    pattern = re.compile(f"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    DOCUMENT.write_text(pattern.sub(lambda marks: f"{marks[1]}{said}\n{marks[2]}", DOCUMENT.read_text()))


def circumstances(command: str) -> str:
    """When, from which revision and by which command a table was made."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    revision = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True).stdout.strip()
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, revision {revision or 'unknown'}, by `{command}`"


def _rows(state: State, schema: str) -> int:
    return sum(count for table, (count, _) in state.items() if table.startswith(f"{schema}."))
