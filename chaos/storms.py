"""The storms: so many events, and what happens to the machine in the meantime."""

import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Event

import psycopg

from chaos.clocks import wrong_clocks
from chaos.faults import CLOCK_STEPS, FAULTS, REPLACEMENTS, Struck, watch_aof
from chaos.ledger import Balance, balance
from chaos.load import Load
from chaos.newer import half_updated
from chaos.stage import Stage

#: Requests a second; an upload is one of them, so this is five times as many events. Few enough that two cores keep up,
#: which here also bear the clients, the gateways, and whatever starts again.
RATE = 12
#: Seconds for which the load may go on, and for which what is under way may take to arrive.
LONGEST, DRAIN = 900, 400

#: An SMS of duty goes out after five minutes if nobody has read the message. Nobody here reads, and nobody waits.
HURRY = "UPDATE notify.sendings SET due_at = now() WHERE channel = 'sms' AND state = 'queued' AND due_at > now()"
UNDER_WAY = """
    SELECT (SELECT count(*) FROM bus.deliveries WHERE event_id IS NOT NULL AND quarantined_at IS NULL)
         + (SELECT count(*) FROM notify.sendings WHERE state IN ('queued', 'failed', 'sending'))
"""


@dataclass(frozen=True)
class Storm:
    """*share*: of all events. *every*: seconds from one fault to the next, more or less. *cast*: who takes part only in
    this storm."""

    faults: Sequence[str]
    share: float
    every: float = 5
    cast: Callable[[Stage], AbstractContextManager] = lambda stage: nullcontext()


STORMS = {
    "kills": Storm(("gateway", "worker", "worker's child", "relay"), 0.3),
    "valkey": Storm(("Valkey", "Valkey without disk", "Valkey emptied"), 0.2),
    "postgres": Storm(("Postgres",), 0.1, every=8),
    "power": Storm(("power cut",), 0.1, every=6),
    "memory": Storm(("memory full",), 0.1, every=20),
    "hang": Storm(("worker hangs",), 0.1, every=1000),
    "disk": Storm(("disk full",), 0.1, every=20),
    "clock": Storm((*CLOCK_STEPS,), 0.1, cast=wrong_clocks),
    "rolling": Storm((*REPLACEMENTS,), 0.1, cast=half_updated),
}
#: Every kind of kill once, a hang and full disks excepted: they take long. Slowly, so that each comes while work flows.
SHORT_RATE = 4.5
SHORT = Storm((*STORMS["kills"].faults, *STORMS["valkey"].faults, "Postgres", "power cut"), 1, every=4)


def run(stage: Stage, storm: Storm, events: int, seed: int, rate: float = RATE) -> Balance:
    """Let it rage, and draw the balance."""
    with storm.cast(stage):
        return balance(stage, *rage(stage, storm, events, seed, rate))


def rage(stage: Stage, storm: Storm, events: int, seed: int, rate: float) -> tuple[Load, list[Struck]]:
    """Let it rage until everything has arrived: what was asked of the product, and what struck it meanwhile."""
    over = Event()
    watch_aof(stage, over)
    load = Load(stage, events, rate, seed)
    thread = load.start()
    struck = _strike(stage, storm, load, random.Random(seed))
    thread.join(LONGEST)
    _settle(stage)
    over.set()
    return load, struck


def _strike(stage: Stage, storm: Storm, load: Load, chance: random.Random) -> list[Struck]:
    """One fault after another, each kind once before any comes again, until the load is over and each has come."""
    struck: list[Struck] = []
    while not load.done.is_set() or len(struck) < len(storm.faults):
        turn = chance.sample(storm.faults, len(storm.faults))
        for fault in turn:
            if load.done.wait(min(storm.every, 5) * chance.uniform(0.6, 1.4)) and len(struck) >= len(storm.faults):
                return struck
            at = time.time()
            FAULTS[fault](stage, chance)
            struck.append(Struck(fault, at, time.time()))
            print(f"  {fault}", flush=True)
            load.done.wait(max(0.0, storm.every - 5))
    return struck


def _settle(stage: Stage) -> None:
    """Wait until nothing is under way; what still is after that stays for the ledger to find."""
    limit = time.monotonic() + DRAIN
    while time.monotonic() < limit:
        try:
            with stage.product.postgres() as owner:
                owner.execute(HURRY)
                if owner.execute(UNDER_WAY).fetchone() == (0,):
                    return
        except psycopg.OperationalError:
            pass
        Event().wait(0.5)
