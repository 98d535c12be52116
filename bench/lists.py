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
from urllib.parse import urlencode
from uuid import UUID, uuid4

import orjson

from bench.client import Line, request
from bench.filling import Size, fill, make_committee
from bench.measure import Result, Row, figure, percentile
from bench.product import Product

#: (what, path, query); {words} are filled in with what there is, see WORDS.
PAGES = (
    ("Board", "/patrol/board", {}),
    ("Roster, this week", "/patrol/shifts", {"from": "{last_week}", "to": "{next_week}"}),
    ("Calls for help", "/patrol/sos", {}),
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
#: What a page asks for, as the database has it: it is looked up again when the tables have grown.
WORDS = {
    "character": "SELECT left(name, 1) FROM members.people GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "name": "SELECT left(name, 2) FROM members.people GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "number": "SELECT number FROM members.people WHERE active ORDER BY number LIMIT 1",
    "unit": "SELECT code FROM members.units u JOIN members.people p ON p.unit_id = u.id GROUP BY 1 ORDER BY count(*) LIMIT 1",
    "compound": "SELECT code FROM members.places WHERE kind = 'compound' ORDER BY code LIMIT 1",
    "activity": "SELECT activity_id FROM events.sign_ups GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "event": "SELECT event_id FROM notify.messages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "person": "SELECT object_id FROM audit.entries WHERE object_kind = 'person' ORDER BY seq LIMIT 1",
}
SECRETARY = "SELECT person_id FROM members.grants WHERE role = 'secretary' LIMIT 1"
#: What is small in this bench, whatever it grows to.
LARGE = 10_000
READ_WHOLE = """
    SELECT schemaname || '.' || relname, seq_scan FROM pg_stat_user_tables
    WHERE schemaname IN ('members', 'events', 'patrol', 'notify', 'bus', 'audit') AND n_live_tup >= %s
"""


def measure(product: Product, options: Namespace) -> Result:
    desk = Desk(product)
    small = desk.rounds(options)
    begun = time.monotonic()
    _fill(product, options)
    filled = time.monotonic() - begun
    before = desk.read_whole()
    large = desk.rounds(options)
    whole = {name for name, n in desk.read_whole().items() if n > before.get(name, 0)}
    rows = [Row(name, "ms", large[name], small[name], "itself with the demo set") for name, *_ in PAGES]
    return Result(rows, list(_notes(product, options, filled, whole)))


class Desk:
    """The secretary at the desk, who may see everything, asking for one page after the other."""

    def __init__(self, product: Product) -> None:
        self.product, self.line = product, Line(product.url)
        self.token = product.signed_in(product.value(SECRETARY))

    def rounds(self, options: Namespace) -> dict[str, list[float]]:
        """The p99 of each page in milliseconds, round by round."""
        asked = self._requests()
        for each in asked.values():  # caches and prepared statements
            for _ in range(10):
                self.line.exchange(each)
        found: dict[str, list[float]] = {name: [] for name in asked}
        for number in range(1, options.rounds + 1):
            for name, times in self._round(asked, options.samples).items():
                found[name].append(percentile(times, 0.99))
                print(f"  round {number}, {name}: p50 {figure(percentile(times, 0.5))}, p99 {figure(found[name][-1])} ms", flush=True)
        return found

    def read_whole(self) -> dict[str, int]:
        """How often each large table was read from one end to the other so far."""
        with self.product.postgres() as owner:
            return dict(owner.execute(READ_WHOLE, [LARGE]).fetchall())

    def _round(self, asked: dict[str, bytes], samples: int) -> dict[str, list[float]]:
        """All pages in turn, again and again: what disturbs one disturbs the others too."""
        times: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(samples):
            for name, each in asked.items():
                begun = time.perf_counter()
                self.line.exchange(each)
                times[name].append(1000 * (time.perf_counter() - begun))
        return times

    def _requests(self) -> dict[str, bytes]:
        with self.product.postgres() as owner:
            words = {name: owner.execute(query).fetchone()[0] for name, query in WORDS.items()}  # type: ignore[index, arg-type]
        today = datetime.now(UTC)
        words |= {"last_week": (today - timedelta(days=2)).isoformat(), "next_week": (today + timedelta(days=5)).isoformat()}
        words["fourth"] = self._cursor("/members/people", 4)
        return {name: self._request(path, query, words) for name, path, query in PAGES}

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
    ours, others = product.value("SELECT id FROM bus.committees LIMIT 1"), uuid4()
    size = Size(options.members, options.check_ins)
    with product.postgres() as owner:
        make_committee(owner, others)
        fill(owner, ours, size, reader=product.value(SECRETARY))
        fill(owner, others, Size(size.people // 2, size.check_ins // 4))
        owner.execute("VACUUM (ANALYZE)")
    settle(product, ours)


def _notes(product: Product, options: Namespace, filled: float, whole: set[str]) -> Iterator[str]:
    counts = {name: product.value(f"SELECT count(*) FROM {name}") for name in ("members.people", "patrol.check_ins", "notify.messages")}  # type: ignore[arg-type]  # noqa: S608
    size = product.value("SELECT pg_size_pretty(pg_database_size(current_database()))")
    yield "p99 of each page, asked for by one reader at a time; all pages in turn. The peer is the same page before the filling."
    yield (
        f"{options.samples} samples of each page a round, {options.rounds} rounds with "
        f"{counts['members.people']:,} members, {counts['patrol.check_ins']:,} check-ins and {counts['notify.messages']:,} "
        f"messages of two committees ({size}, filled in {filled:.0f} s)."
    )
    yield f"Large tables that were read from one end to the other meanwhile: {', '.join(sorted(whole)) or 'none'}."
