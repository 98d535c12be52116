"""A rush for seats: 2,000 people want one of 100, as fast as the server lets them.

What is looked at first is whether it is right: never 101, nobody without an answer, the first who came have the seats,
and each who waits has a place in the list and a reason. Only then how fast it is. They all want the row of one activity
and so wait for each other; *healthz* is a request to the same server that touches nothing.
"""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import repeat

import orjson

from bench.checkins import HEALTHZ
from bench.client import Line, Load, Refused, load, request
from bench.measure import Result, Row, rounds
from bench.product import MADE_BY_THE_BENCH, Product
from shared.crypto import hashed, new_token

SEATS = 100
CONNECTIONS = 32
MANY = """
    INSERT INTO members.people (id, committee_id, name)
    SELECT uuidv7(), (SELECT id FROM bus.committees LIMIT 1), '抢座第' || n || '位' FROM generate_series(1, %s) AS n
    RETURNING id
"""
KNOWN = """
    INSERT INTO events.people (person_id, committee_id, name, groups, skills, active, changed_at)
    SELECT id, committee_id, name, '{}', '{}', true, now() FROM members.people WHERE id = ANY (%s)
"""
SIGNED_IN = """
    INSERT INTO members.sessions (committee_id, token, person_id, device, created_at, last_seen_at, expires_at)
    SELECT p.committee_id, w.token, p.id, %s, now(), now(), now() + interval '1 day'
    FROM unnest(%s::uuid[], %s::bytea[]) AS w (id, token) JOIN members.people p ON p.id = w.id
"""
OUTCOME = """
    SELECT count(*) FILTER (WHERE state = 'going'), count(*) FILTER (WHERE state = 'waiting'),
        count(*) FILTER (WHERE why = '[]'), max(turn) FILTER (WHERE state = 'going'),
        min(turn) FILTER (WHERE state = 'waiting')
    FROM events.sign_ups WHERE activity_id = %s
"""


def measure(product: Product, options: Namespace) -> Result:
    people = options.rush
    tokens = _people(product, people)
    runs = {
        "sign-ups": lambda: _rush(product, tokens),
        "healthz": lambda: load(
            product.url, lambda n: repeat(HEALTHZ), connections=CONNECTIONS, seconds=options.seconds
        ),
    }
    runs["healthz"]()  # connections
    found = rounds(options.rounds, **runs)
    rates = {name: [each.per_second for each in loads] for name, loads in found.items()}
    slowest = max(each.seconds for each in found["sign-ups"])
    notes = [
        f"{people:,} people for {SEATS} seats, {CONNECTIONS} connections; all had an answer after {slowest:.1f} s.",
        f"In each of {options.rounds} rounds the first {SEATS} go, and {people - SEATS:,} wait, each with a reason.",
    ]
    return Result([Row("Sign-ups for one activity", "/s", rates["sign-ups"], rates["healthz"], "healthz")], notes)


def _people(product: Product, count: int) -> list[str]:
    """So many members, signed in: rows, since registering them is not what is measured."""
    tokens = [new_token() for _ in range(count)]
    with product.postgres() as connection:
        ids = [row[0] for row in connection.execute(MANY, [count]).fetchall()]
        connection.execute(KNOWN, [ids])
        connection.execute(SIGNED_IN, [MADE_BY_THE_BENCH, ids, [hashed(token) for token in tokens]])
    return tokens


def _rush(product: Product, tokens: list[str]) -> Load:
    """Everybody asks once; the answers must be those that ought to be."""
    activity_id = _activity(product)
    lines = min(CONNECTIONS, len(tokens))

    def asks(number: int) -> Iterator[bytes]:
        for token in tokens[number::lines]:
            yield request("PUT", f"/events/activities/{activity_id}/sign-up", token)

    found = load(product.url, asks, connections=lines, seconds=600)
    with product.postgres() as connection:
        going, waiting, silent, last, first = connection.execute(OUTCOME, [activity_id]).fetchone() or [0] * 5
    if (going, waiting, silent) != (SEATS, len(tokens) - SEATS, 0) or found.answers != len(tokens) or last > first:
        raise Refused(f"{found.answers} answers, {going} go, {waiting} wait, {silent} without a reason")
    return found


def _activity(product: Product) -> str:
    starts = datetime.now(UTC) + timedelta(days=3)
    plan = {
        "title": "抢座", "kind": "show", "place": "小剧场", "capacity": SEATS, "audience": {"skills": ["mongolian"]},
        "starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat(),
    }  # fmt: skip
    clerk, line = product.clerk(), Line(product.url)
    plan |= {"unit": "U01", "submit": True}
    posted = orjson.loads(line.exchange(request("POST", "/events/activities", clerk, plan)))
    with product.postgres() as connection:  # a clerk's own step, which is not measured
        done = "UPDATE events.activities SET state = 'published', published_at = now() WHERE id = %s"
        connection.execute(done, [posted["id"]])
    return posted["id"]
