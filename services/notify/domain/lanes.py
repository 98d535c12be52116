"""Many at once, but few to any one host, so that one that hangs keeps nobody else waiting."""

import time
from collections import defaultdict, deque
from concurrent.futures import Executor
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from services.notify.channels import CHANNELS, Gateway, Outcome
from services.notify.domain.envelopes import Letter

PER_HOST = 4
#: A host that says "later" so often in a row is left alone until the next batch.
PATIENCE = 8


@dataclass
class Host:
    """What goes to one host, and how it fares."""

    letters: deque[Letter] = field(default_factory=deque)
    refusals: int = 0


def send_all(letters: list[Letter], gateway: Gateway, pool: Executor, *, until: float) -> dict[UUID, Outcome]:
    """Send these, beginning none after *until* (of time.monotonic): the outcomes of those that were begun."""
    hosts: dict[str, Host] = defaultdict(Host)
    for letter in sorted(letters, key=lambda letter: letter.priority):
        if not letter.unwanted:
            hosts[_host(letter)].letters.append(letter)
    lanes = [host for n in range(PER_HOST) for host in hosts.values() if len(host.letters) > n]
    outcomes: dict[UUID, Outcome] = {}
    for done in [pool.submit(_drive, host, gateway, until, outcomes) for host in lanes]:
        done.result()
    return outcomes


def _drive(host: Host, gateway: Gateway, until: float, outcomes: dict[UUID, Outcome]) -> None:
    while host.refusals < PATIENCE and time.monotonic() < until:
        try:
            letter = host.letters.popleft()
        except IndexError:
            return
        outcome = CHANNELS[letter.channel].send(letter.address, letter.outgoing, gateway)
        outcomes[letter.id] = outcome
        host.refusals = host.refusals + 1 if outcome.verdict == "later" else 0


def _host(letter: Letter) -> str:
    url = letter.address.get("endpoint") or letter.address.get("url")
    return urlsplit(url).netloc if url else letter.channel
