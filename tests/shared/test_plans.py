"""No page and no list reads a table whole, or much of it, however long the table has grown."""

import hashlib
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from bench.filling import Size, fill, make_committee
from bench.lists import PAGES, WORDS
from services.members.domain import tallies
from services.notify.domain import tallies as told
from shared import db
from shared.db import now
from tests.conftest import COMMITTEE, bind_all, never_committed

OTHERS = UUID("20121031-0000-7000-8000-000000000009")
#: The first member of the filling.
READER = UUID(hashlib.md5(f"{COMMITTEE}person1".encode(), usedforsecurity=False).hexdigest())
MEMBERS = 8_000
#: A table with fewer rows is read whole sooner than through an index, and may be.
LARGE = 3_000
#: Rows of large tables that the statements of one page may look at; there are hundreds of thousands.
MOST = 5_000
LARGEST = text("SELECT event_id, people FROM notify.told_counts ORDER BY people DESC LIMIT 1")
READ = text("""
    SELECT s.schemaname || '.' || s.relname, s.seq_scan, coalesce(s.seq_tup_read, 0) + coalesce(s.idx_tup_fetch, 0)
    FROM pg_stat_xact_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE c.reltuples >= :large AND s.schemaname IN ('members', 'events', 'patrol', 'notify', 'bus', 'audit')
""")


@pytest.fixture(scope="module")
def connection(engine):
    """As everywhere, but one for all these tests: the filling takes its time."""
    with never_committed(engine) as connection:
        bind_all(connection)
        yield connection


@pytest.fixture(scope="module")
def years(connection):
    """A committee after years, with another one's rows among its own."""
    owner = connection.connection.driver_connection
    for committee, size in ((COMMITTEE, Size(MEMBERS, 40_000)), (OTHERS, Size(4_000, 20_000))):
        make_committee(owner, committee)
        fill(owner, committee, size, reader=READER if committee == COMMITTEE else None)
    owner.execute("ANALYZE")
    # So short a table would be read whole even where an index serves; where none does, it still is.
    owner.execute("SET LOCAL enable_seqscan = off")
    for service, counts in (("members", tallies), ("notify", told)):
        with db.transaction(service, COMMITTEE) as tx:
            counts.count_again(tx)


@pytest.fixture
def ask(request, token, grant, years):
    """Call it with an address as the bench has it: the secretary asks; the answer is the response."""
    grant(READER, "secretary")
    headers = token(READER)

    def ask(path: str, query: dict[str, str]):
        _, service, rest = path.split("/", 2)
        response = request.getfixturevalue(service).get(f"/{rest}", query_string=query, headers=headers)
        assert response.status_code == 200, (path, response.text)
        return response

    return ask


@pytest.fixture
def words(connection, ask):
    """What the pages ask for."""
    found = {name: str(connection.execute(text(query)).scalar()) for name, query in WORDS.items()}
    found |= {
        "begin": str((now() - timedelta(days=2)).isoformat()),
        "end": str((now() + timedelta(days=5)).isoformat()),
    }
    cursor: dict[str, str] = {}
    for _ in range(3):
        cursor = {"cursor": ask("/members/people", cursor).json["next"]}
    return found | {"fourth": cursor["cursor"]}


@pytest.fixture
def read(connection):
    """Call it for what has been read of each large table in this transaction: (from end to end, rows)."""

    def read() -> dict[str, tuple[int, int]]:
        return {name: (whole, rows) for name, whole, rows in connection.execute(READ, {"large": LARGE})}

    return read


def test_no_page_reads_a_large_table_whole_or_looks_at_more_than_some_of_its_rows(ask, words, read):
    too_much = {}
    for name, path, query in PAGES:
        filled = {key: value.format(**words) for key, value in query.items()}
        for _ in range(2):  # what is kept from the first time is no part of it
            before = read()
            ask(path.format(**words), filled)
        spent = {table: _more(before.get(table, (0, 0)), after) for table, after in read().items()}
        if found := {table: n for table, n in spent.items() if n[0] or n[1] > MOST}:
            too_much[name] = found

    assert too_much == {}


def test_counts_that_are_kept_are_those_that_one_would_count(years):
    with db.transaction("members", COMMITTEE) as tx:
        for kind in tallies.COUNTS:
            kept = tallies.of(tx, kind)
            assert kept == dict(tuple(row) for row in tallies.counted(tx, kind))
            assert sum(kept.values()) > 0


def test_what_was_told_to_very_many_is_counted_by_the_clock(years):
    with db.transaction("notify", COMMITTEE) as tx:
        large, people = tx.execute(LARGEST).one()

        assert people >= MEMBERS
        assert told.of(tx, [large]) == told.counted(tx, [large])


def _more(before: tuple[int, int], after: tuple[int, int]) -> tuple[int, int]:
    return after[0] - before[0], after[1] - before[1]
