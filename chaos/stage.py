"""The stage: the product as ./run starts it, a second relay beside its own, and the gateways' stand-in.

Everything that can be killed is found by the word in its command line, under the supervisor or beside it.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import redis

from bench.client import Line, request
from bench.crews import Phone, on_their_way
from bench.product import Product
from chaos.beside import Beside, beside
from chaos.gateway import Gateway, gateway
from embedded import postgres, valkey
from tests.stack import Stack, stack, until
from tests.standin.push import subscription

#: Whom the storms' messages go to: those at the duty desk, those who approve, and who leads a squad on its way.
READERS = """
    SELECT DISTINCT person_id FROM members.grants WHERE role IN ('duty', 'clerk')
    UNION SELECT leader_id FROM patrol.squads WHERE name LIKE '测速队%'
"""
AWAKE = """
    INSERT INTO notify.preferences (committee_id, person_id, quiet_from, quiet_until, off)
    SELECT committee_id, person_id, '00:00', '00:00', '{}' FROM notify.people WHERE person_id = ANY (%s)
    ON CONFLICT (person_id) DO UPDATE SET quiet_from = '00:00', quiet_until = '00:00', off = '{}'
"""


@dataclass
class Stage:
    """What storms break, and what they look at."""

    folder: Path
    product: Product
    gateway: Gateway
    relay: Beside
    phones: list[Phone]
    unit: str  # a token of who posts activities
    others: dict[str, Beside] = field(default_factory=dict)  # a storm's own programs, beside the product's
    doors: list[str] = field(default_factory=list)  # where clients knock

    @property
    def stack(self) -> Stack:
        return self.product.stack

    @property
    def supervisor(self) -> int:
        assert self.stack.process
        return self.stack.process.pid

    def pids(self, word: str) -> list[int]:
        """The processes of a program, its main one first; it may just be starting."""
        beside = [self.relay.process.pid] if word == "shared.relay" and self.relay.process else []
        return sorted(until(lambda: self.stack.pids(word), 60)) + beside

    @contextmanager
    def joined(self) -> Iterator[None]:
        """In the block, clients also knock at the gateways among the others; after it these are gone."""
        own = self.doors
        self.doors = [*own, *(other.url for other in self.others.values() if other.url)]
        try:
            yield
        finally:
            self.doors = own
            while self.others:
                self.others.popitem()[1].stop()

    def valkey(self) -> redis.Redis:
        """A line to Valkey, as soon as it answers."""
        client = redis.Redis.from_url(valkey.url(self.stack.data / "valkey"), socket_timeout=5)
        until(lambda: _answers(client), 60)
        return client

    @property
    def aof(self) -> Path:
        return self.stack.data / "valkey/appendonlydir"


@contextmanager
def stage(folder: Path, phones: int = 8) -> Iterator[Stage]:
    """Build it up in a folder, and take it down again."""
    with gateway(folder) as counter, stack(folder / "data") as started:
        started.stop()
        started.settings |= {name: counter.settings[name] for name in ("SMTP_URL", "SMS_URL")}
        started.start()
        product = Product(started, postgres.prepare(started.data / "postgres"), counter.settings)
        relay = beside(started, "relay", folder / "relay-2.log")
        try:
            yield _furnished(folder, product, counter, relay, phones)
        finally:
            relay.stop()
    postgres.erase(folder / "data/postgres")


def _furnished(folder: Path, product: Product, counter: Gateway, relay: Beside, phones: int) -> Stage:
    """Squads on their way, and readers who can be reached by push and mail at any hour."""
    product.settle()
    crews = on_their_way(product, phones)
    with product.postgres() as owner:
        readers = [row[0] for row in owner.execute(READERS).fetchall()]
        owner.execute(AWAKE, [readers])
    line = Line(product.url)
    with line.socket:
        for reader in readers:
            _reachable(line, product.signed_in(reader), reader, counter)
    product.settle()
    return Stage(folder, product, counter, relay, crews, product.clerk(), doors=[product.url])


def _reachable(line: Line, token: str, reader: UUID, counter: Gateway) -> None:
    browser = {"subscription": subscription(str(reader), counter.url), "label": "storm"}
    line.exchange(request("PUT", "/notify/me/channels/web_push", token, browser))
    mailbox = {"email": f"{reader}@storm.example", "label": "storm"}
    line.exchange(request("PUT", "/notify/me/channels/email", token, mailbox))


def _answers(client: redis.Redis) -> bool:
    try:
        return client.ping()
    except redis.RedisError:
        return False


def send(pid: int, number: signal.Signals) -> None:
    """A signal to a process that may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)
