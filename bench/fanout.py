"""One message to many people by web push, e-mail and SMS, next to a bare loop that sends as much to the same stand-in.

Ours is the whole way: the event, a message and a sending for each member, claimed in batches, opened, sealed for each
browser, sent, and written down as sent. What the peer does is said in bare.py. What limits web push is Python: one
process sends what is not an alarm, and sealing and HTTP are its work; Postgres and the stand-in, which counts what
comes and does not open it, have the other core. What limits e-mail is the stand-in: four answers a mail. SMS are alarms
here, so both of the worker's processes may send, and the peer has twice the connections of one.
"""

import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

import requests

from bench import bare
from bench.client import Refused
from bench.measure import Result, Row, rounds
from bench.memory import of_process
from bench.product import Product
from bench.recipients import mailboxes, make, phones, publish_to_all, subscriptions
from services.notify.domain.lanes import PER_HOST
from shared.config import config

#: The bare loop is as steady as it is dull: so many tell its speed.
MOST_OF_PEER = 5_000
#: The stand-in remembers no more than so many, whatever the channel.
MOST_REMEMBERED = 200_000
PATIENCE = 1800
STATES = """
    SELECT (SELECT count(*) FROM notify.messages WHERE event_id = %(event)s),
           (SELECT count(*) FROM notify.sendings WHERE event_id = %(event)s AND state = 'sent'),
           (SELECT count(*) FROM notify.sendings WHERE event_id = %(event)s AND state IN ('gave_up', 'unknown'))
"""


@dataclass
class Told:
    """How a message reached everybody: seconds until the first was reached, until it lay in all inboxes, and was sent
    to all; the worker's MB."""

    first: float
    inboxes: float
    sent: float
    before: float
    most: float

    def __str__(self) -> str:
        return (
            f"first {self.first:.1f} s, in all inboxes {self.inboxes:.1f} s, sent {self.sent:.1f} s, "
            f"worker {self.before:.0f}–{self.most:.0f} MB"
        )


@dataclass
class Way:
    """A channel under measurement. *peer*: its bare loop's messages a second."""

    channel: str
    name: str
    many: int
    connections: int
    stand_in: str
    peer: Callable[[], float]


def measure(product: Product, options: Namespace) -> Result:
    parts = [_compare(product, way, options.fan_outs) for way in _ways(product, options.recipients)]
    rows = [row for part in parts for row in part.rows]
    return Result(rows, [f"{options.fan_outs} rounds of each.", *(note for part in parts for note in part.notes)])


def _ways(product: Product, many: int) -> list[Way]:
    few, lines = min(many, MOST_OF_PEER), config().push_connections
    counter, demo = product.counter["SMS_URL"], product.stack.phones  # each has one address for all that is HTTP
    mail_port = urlsplit(product.counter["SMTP_URL"]).port or 0
    return [
        Way("web_push", "pushes", many, lines, counter, lambda: bare.push(subscriptions(few, counter), lines)),
        Way("email", "e-mails", many, PER_HOST, counter, lambda: bare.email(mailboxes(few), PER_HOST, mail_port)),
        Way("sms", "SMS", many, 2 * PER_HOST, demo, lambda: bare.sms(phones(few), 2 * PER_HOST, demo)),
    ]


def _compare(product: Product, way: Way, fan_outs: int) -> Result:
    committee = make(product, way.many, way.channel, way.stand_in)
    before = _came(way)
    found = rounds(fan_outs, ours=lambda: _tell(product, committee, way.many), bare=way.peer)
    if (came := _came(way) - before) < min(MOST_REMEMBERED - before, fan_outs * way.many):
        raise Refused(f"{came} {way.name} came, {fan_outs * way.many} were sent")
    told: list[Told] = found["ours"]
    first, inboxes = max(each.first for each in told), max(each.inboxes for each in told)
    note = f"{way.many:,} {way.name}: the first person was reached after {first:.1f} s, all inboxes after"
    note += f" {inboxes:.1f} s (the slowest round); {way.connections} connections."
    return Result(_rows(way, told, found["bare"]), [note])


def _rows(way: Way, ours: list[Told], rates: list[float]) -> list[Row]:
    took, peer_is = [told.sent for told in ours], "a bare loop of the same"
    most, before = [told.most for told in ours], [told.before for told in ours]
    return [
        Row(
            f"From the commit until {way.many:,} {way.name} are sent", "s", took, [way.many / r for r in rates], peer_is
        ),
        Row(f"{way.name[0].upper()}{way.name[1:]}", "/s", [way.many / seconds for seconds in took], rates, peer_is),
        Row("Memory of the worker, at most", "MB", most, before, "the worker before"),
    ]


def _came(way: Way) -> int:
    """How many messages the stand-in has got."""
    return requests.get(f"{way.stand_in}/_received", params={"channel": way.channel}, timeout=60).json()["count"]


def _tell(product: Product, committee: UUID, many: int) -> Told:
    worker = product.stack.pids("celery")
    before = most = sum(map(of_process, worker))
    begun, first, inboxes = time.monotonic(), 0.0, 0.0
    event = publish_to_all(committee)
    with product.postgres() as owner:
        while time.monotonic() < begun + PATIENCE:
            written, sent, lost = owner.execute(STATES, {"event": event}).fetchone()  # type: ignore[misc]
            elapsed = time.monotonic() - begun
            first = first or (elapsed if sent else 0.0)
            inboxes = inboxes or (elapsed if written == many else 0.0)
            if lost:
                raise Refused(f"{lost} sendings failed for good")
            if sent == many:
                return Told(first, inboxes, elapsed, before, most)
            most = max(most, sum(map(of_process, worker)))
            time.sleep(0.2 if many <= 10_000 else 1)
    raise Refused(f"{sent} of {many} sent after {PATIENCE} s")
