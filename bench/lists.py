"""The desk's pages and lists among 600,000 members and 10,000,000 check-ins, next to themselves with the demo set.

What limits them: each is a few statements that go down an index for one page of rows; Python, which makes JSON of the
same number of rows either way, takes most of the time. The tables grow a thousandfold, an organisation does not: units,
places, squads and what is tonight stay as many, and no hall gets larger. A second committee of half the size lies
among the rows. Which tables were read from one end to the other, Postgres counts; it must be none of the large ones.
"""

import time
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import LiteralString
from urllib.parse import urlencode
from uuid import uuid4

import orjson
from psycopg import Connection

from bench.client import Line, request
from bench.filling import Size, fill, make_committee
from bench.measure import Result, Row, figure, percentile
from bench.product import Product
from services.members.domain import tallies
from tests.stack import until

#: (what, path, query); {words} are filled in with what there is, see WORDS.
PAGES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Board", "/patrol/board", {}),
    ("Roster, this week", "/patrol/shifts", {"from": "{begin}", "to": "{end}"}),
    ("Calls for help", "/patrol/sos", {}),
    ("Picture of coverage, this week", "/patrol/pictures/coverage", {"from": "{begin}", "until": "{end}"}),
    ("Visits behind it", "/patrol/pictures/visits", {"from": "{begin}", "until": "{end}"}),
    ("Picture of cases, this week", "/patrol/pictures/cases", {"from": "{begin}", "until": "{end}"}),
    ("Picture of drills, this week", "/patrol/pictures/drills", {"from": "{begin}", "until": "{end}"}),
    ("Members", "/members/people", {}),
    ("Members, fourth page", "/members/people", {"cursor": "{fourth}"}),
    ("Members, by one character", "/members/people", {"q": "{character}"}),
    ("Members, by two characters", "/members/people", {"q": "{name}"}),
    ("Members, by number", "/members/people", {"q": "{number}"}),
    ("Members of a unit", "/members/people", {"unit": "{unit}"}),
    ("Members in a compound", "/members/people", {"place": "{compound}"}),
    ("Members, by skill", "/members/people", {"skill": "law"}),
    ("Units, with counts", "/members/units", {}),
    ("Tree, with counts", "/members/org", {"line": "vertical"}),
    ("Groups, with counts", "/members/groups", {}),
    ("Skills, with counts", "/members/skills", {}),
    ("Activities", "/events/activities", {}),
    ("Activities to come", "/events/activities", {"state": "published"}),
    ("Activities to approve", "/events/activities", {"state": "submitted"}),
    ("Activities of a unit", "/events/activities", {"unit": "{unit}"}),
    ("Activities, by words", "/events/activities", {"q": "讲座"}),
    ("Who comes", "/events/activities/{activity}/sign-ups", {}),
    ("Inbox", "/notify/inbox", {}),
    ("Inbox, how many", "/notify/inbox/count", {}),
    ("Messages told", "/notify/messages", {}),
    ("Messages told, alarms", "/notify/messages", {"class": "critical"}),
    ("Whom an event was told to", "/notify/messages/{event}/recipients", {}),
    ("Undelivered", "/notify/dead-letters", {}),
    ("Trace", "/notify/traces/{event}", {}),
    ("Audit log", "/members/audit", {}),
    ("Audit log, of a service", "/members/audit", {"action": "members"}),
    ("Audit log, of a member", "/members/audit", {"person": "{person}"}),
    ("Imports", "/members/imports", {}),
)
OURS: LiteralString = "committee_id = bus.committee()"
#: What a page asks for, as the database has it: it is looked up again when the tables have grown.
WORDS: dict[str, LiteralString] = {
    "character": f"SELECT left(name, 1) FROM members.people WHERE {OURS} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "name": f"SELECT left(name, 2) FROM members.people WHERE {OURS} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "number": f"SELECT number FROM members.people WHERE {OURS} AND active ORDER BY number LIMIT 1",
    "unit": f"SELECT unit_code FROM events.people WHERE {OURS} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "compound": f"SELECT code FROM members.places WHERE {OURS} AND kind = 'compound' ORDER BY code LIMIT 1",
    "activity": "SELECT a.id FROM events.activities a LEFT JOIN events.sign_ups s ON s.activity_id = a.id"
    " WHERE a.committee_id = bus.committee() GROUP BY 1 ORDER BY count(s.person_id) DESC LIMIT 1",
    "event": f"SELECT event_id FROM notify.messages WHERE {OURS} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "person": "SELECT coalesce((SELECT object_id FROM audit.entries"
    f" WHERE {OURS} AND object_kind = 'person' ORDER BY seq LIMIT 1),"
    f" (SELECT id::text FROM members.people WHERE {OURS} ORDER BY id LIMIT 1))",
}
COUNTS: tuple[LiteralString, ...] = (
    "SELECT count(*) FROM members.people",
    "SELECT count(*) FROM patrol.check_ins",
    "SELECT count(*) FROM notify.messages",
)
KEPT = "SELECT (SELECT count(*) FROM members.tallies) > 0 AND (SELECT count(*) FROM notify.told_counts) > 1"
COMMITTEE = "SELECT committee_id FROM members.grants WHERE role = 'secretary' LIMIT 1"
SECRETARY = "SELECT person_id FROM members.grants WHERE role = 'secretary' LIMIT 1"
#: The goal.
MOST_GROWTH = 1.5
#: What is small in this bench, whatever it grows to.
LARGE = 10_000
READ_WHOLE = """
    SELECT schemaname || '.' || relname, seq_scan FROM pg_stat_user_tables
    WHERE schemaname IN ('members', 'events', 'patrol', 'notify', 'bus', 'audit') AND n_live_tup >= %s
"""


#: Round by round, the milliseconds of each page.
Times = dict[str, list[list[float]]]
#: How often a page is asked for to see what it reads: what reads less often is something else, as the clock.
ASKED = 3
PAUSE = "UPDATE bus.schedules SET slot = 'infinity' WHERE job LIKE '%.count_again'"
GO_ON = "UPDATE bus.schedules SET slot = '-infinity' WHERE job LIKE '%.count_again'"
#: Seconds after which a server process has told at the latest what it read.
STATISTICS_LATE = 2


def measure(product: Product, options: Namespace) -> Result:
    desk = Desk(product)
    small = desk.rounds(options)
    begun = time.monotonic()
    _fill(product, options)
    filled = time.monotonic() - begun
    large = desk.rounds(options)
    notes = _notes(product, options, filled, desk.tables_read_whole())
    return Result(list(_rows(large, small)), [*notes, _medians(large, small)])


class Desk:
    """The secretary at the desk, who may see everything, asking for one page after the other."""

    def __init__(self, product: Product) -> None:
        self.product, self.line = product, Line(product.url)
        self.token = product.signed_in(product.value(SECRETARY))
        self.rows: dict[str, int] = {}

    def rounds(self, options: Namespace) -> Times:
        """The milliseconds that each page took, round by round."""
        self.line = Line(self.product.url)  # one that nobody used while the tables were filled is closed
        asked = self._requests()
        self._remember_rows(asked)
        for each in asked.values():  # caches and prepared statements
            for _ in range(10):
                self.line.exchange(each)
        found: Times = {name: [] for name in asked}
        for number in range(1, options.rounds + 1):
            for name, times in self._round(asked, options.samples).items():
                found[name].append(times)
                shown = f"p50 {figure(percentile(times, 0.5))}, p99 {figure(percentile(times, 0.99))} ms"
                print(f"  round {number}, {name}: {shown}", flush=True)
        return found

    def tables_read_whole(self) -> list[str]:
        """Which page reads which large tables from one end to the other, while the clock does not count."""
        with self.product.postgres() as owner:
            owner.execute(PAUSE)
            whole = {name: self._read_whole(owner, each) for name, each in self._requests().items()}
            owner.execute(GO_ON)
        return [f"{name} ({', '.join(tables)})" for name, tables in whole.items() if tables]

    def _read_whole(self, owner: Connection, page: bytes) -> list[str]:
        before: dict[str, int] = dict(owner.execute(READ_WHOLE, [LARGE]).fetchall())
        for _ in range(ASKED):
            self.line.exchange(page)
        time.sleep(STATISTICS_LATE)
        after: dict[str, int] = dict(owner.execute(READ_WHOLE, [LARGE]).fetchall())
        return sorted(name for name, n in after.items() if n >= before.get(name, 0) + ASKED)

    def _round(self, asked: dict[str, bytes], samples: int) -> dict[str, list[float]]:
        """All pages in turn, again and again: what disturbs one disturbs the others too."""
        times: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(samples):
            for name, each in asked.items():
                begun = time.perf_counter()
                self.line.exchange(each)
                times[name].append(1000 * (time.perf_counter() - begun))
        return times

    def _remember_rows(self, asked: dict[str, bytes]) -> None:
        """How many rows a list has that is no whole page yet: a longer list is asked for as many."""
        for name, each in asked.items():
            answer = orjson.loads(self.line.exchange(each))
            if "next" in answer and answer["next"] is None:
                self.rows.setdefault(name, max(1, len(answer["items"])))

    def _requests(self) -> dict[str, bytes]:
        with self.product.postgres() as owner:
            owner.execute("SELECT set_config('app.committee', %s, false)", [str(self.product.value(COMMITTEE))])
            words = {name: str(owner.execute(query).fetchone()[0]) for name, query in WORDS.items()}  # type: ignore[index]
        words["begin"] = (datetime.now(UTC) - timedelta(days=2)).isoformat()
        words["end"] = (datetime.now(UTC) + timedelta(days=5)).isoformat()
        words["fourth"] = self._cursor("/members/people", 4)
        as_many = {name: {"limit": str(rows)} for name, rows in self.rows.items()}
        return {name: self._request(path, query | as_many.get(name, {}), words) for name, path, query in PAGES}

    def _request(self, path: str, query: dict[str, str], words: dict[str, str]) -> bytes:
        filled = {name: value.format(**words) for name, value in query.items()}
        return request("GET", path.format(**words) + (f"?{urlencode(filled)}" if filled else ""), self.token)

    def _cursor(self, path: str, number: int) -> str:
        """Where the n-th page begins."""
        cursor: dict[str, str] = {}
        for _ in range(number - 1):
            answer = orjson.loads(self.line.exchange(request("GET", f"{path}?{urlencode(cursor)}", self.token)))
            cursor = {"cursor": answer["next"]}
        return cursor["cursor"]


def _fill(product: Product, options: Namespace) -> None:
    ours, others = product.value(COMMITTEE), uuid4()
    size = Size(options.members, options.check_ins)
    with product.postgres() as owner:
        owner.execute(PAUSE)  # whoever counts half of it makes it slower
        make_committee(owner, others)
        fill(owner, ours, size, reader=product.value(SECRETARY))
        fill(owner, others, Size(size.people // 2, size.check_ins // 4))
        owner.execute("VACUUM (ANALYZE)")
        owner.execute(GO_ON)
    if size.people > tallies.MANY:  # which the clock counts once a minute
        until(lambda: product.value(KEPT), 300)


def _notes(product: Product, options: Namespace, filled: float, whole: list[str]) -> Iterator[str]:
    people, check_ins, messages = (f"{product.value(query):,}" for query in COUNTS)
    size = product.value("SELECT pg_size_pretty(pg_database_size(current_database()))")
    yield "p99 of each page, asked for by one reader at a time, all pages in turn. The peer: before the filling."
    yield "A list that had less than a page of rows before is asked for as many afterwards."
    yield f"{options.samples} samples of each page a round, {options.rounds} rounds."
    yield f"{people} members, {check_ins} check-ins, {messages} messages of two committees."
    yield f"The database is {size} then; filling took {filled:.0f} s."
    yield f"Pages that read a large table from one end to the other: {', '.join(whole) or 'none'}."


def _rows(large: Times, small: Times) -> Iterator[Row]:
    for name in large:
        ours, peer = ([percentile(times, 0.99) for times in found[name]] for found in (large, small))
        yield Row(name, "ms", ours, peer, "itself with the demo set")


def _medians(large: Times, small: Times) -> str:
    """How the p50 grow, which a machine that is disturbed now and then disturbs less."""
    p50 = {name: [percentile([*chain(*found[name])], 0.5) for found in (small, large)] for name in large}
    grown = {name: f"{name} {figure(a)} → {figure(b)} ms" for name, (a, b) in p50.items() if b > MOST_GROWTH * a}
    within = f"Of the {len(p50)} medians (p50) {len(p50) - len(grown)} grow at most {MOST_GROWTH} times"
    return f"{within}. The others: {'; '.join(grown.values()) or 'none'}."
