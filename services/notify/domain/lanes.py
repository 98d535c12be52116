"""Many at once, but few to any one host, so that one that hangs keeps nobody else waiting."""

import time
from collections import deque
from concurrent.futures import Executor
from dataclasses import dataclass, field
from uuid import UUID

from services.notify.channels import CHANNELS, Gateway, Outcome
from services.notify.domain.envelopes import Letter

PER_HOST = 4
#: A host that says "later" so often in a row is left alone until the next batch.
PATIENCE = 8
#: What is not critical does not wait for a host that did not answer just now.
LEFT_ALONE = Outcome("later", "host does not answer", retry_after=30)


@dataclass
class Host:
    """What goes to one host, by how many at once, and how it fares."""

    name: str
    lanes: int = PER_HOST
    letters: deque[Letter] = field(default_factory=deque)
    refusals: int = 0


def send_all(
    letters: list[Letter], gateway: Gateway, pool: Executor, *, until: float, silent: set[str]
) -> dict[UUID, Outcome]:
    """Send these, beginning none after *until* (of time.monotonic): the outcomes of those that were begun.

    *silent*: the hosts that did not answer, for the batches that follow.
    """
    hosts: dict[str, Host] = {}
    outcomes: dict[UUID, Outcome] = {}
    for letter in sorted(letters, key=lambda letter: letter.priority):
        name = _host(letter)
        if name in silent and not letter.critical:
            outcomes[letter.id] = LEFT_ALONE
        elif not letter.unwanted:
            host = hosts.setdefault(name, Host(name))
            host.lanes = gateway.push_connections if letter.channel == "web_push" else PER_HOST
            host.letters.append(letter)
    most = max((host.lanes for host in hosts.values()), default=0)
    lanes = [host for n in range(most) for host in hosts.values() if n < min(host.lanes, len(host.letters))]
    for done in [pool.submit(_drive, host, gateway, until, outcomes, silent) for host in lanes]:
        done.result()
    return outcomes


def _drive(host: Host, gateway: Gateway, until: float, outcomes: dict[UUID, Outcome], silent: set[str]) -> None:
    while host.refusals < PATIENCE and (begun := time.monotonic()) < until:
        try:
            letter = host.letters.popleft()
        except IndexError:
            return
        outcome = CHANNELS[letter.channel].send(letter.address, letter.outgoing, gateway)
        outcomes[letter.id] = outcome
        host.refusals = host.refusals + 1 if outcome.verdict == "later" else 0
        if host.refusals and time.monotonic() - begun > gateway.timeout / 2:
            silent.add(host.name)


def _host(letter: Letter) -> str:
    url = letter.address.get("endpoint") or letter.address.get("url")
    return url.partition("://")[2].partition("/")[0].lower() if url else letter.channel
