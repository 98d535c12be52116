"""What can happen to a machine: each fault happens once, and ends by itself or is taken back."""

import os
import random
import signal
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from chaos.beside import WORDS
from chaos.clocks import step
from chaos.newer import CAST, replaced, workers_gone
from chaos.stage import Stage, send

Fault = Callable[[Stage, random.Random], None]

#: How much of what Valkey wrote last a power cut takes: the system writes to the disk once a second.
LOST_SECONDS, SAMPLES_A_SECOND = 1.0, 20
#: Seconds for which memory, or the disk, is full.
FULL = 8


@dataclass(frozen=True)
class Struck:
    """A fault, when it came and when it was over; the wall clock's time."""

    fault: str
    at: float
    over: float


def _kill_first(word: str) -> Fault:
    """The main process of a program; what it forked dies with it."""
    return lambda stage, chance: send(stage.pids(word)[0], signal.SIGKILL)


def kill_worker_child(stage: Stage, chance: random.Random) -> None:
    if children := stage.pids("celery")[1:]:
        send(chance.choice(children), signal.SIGKILL)


def kill_a_relay(stage: Stage, chance: random.Random) -> None:
    send(chance.choice(stage.pids("shared.relay")), signal.SIGKILL)


def kill_valkey_without_disk(stage: Stage, chance: random.Random) -> None:
    """It kept nothing, so it comes back empty."""
    with stage.valkey() as client:
        client.config_set("appendonly", "no")
    for file in stage.aof.glob("*"):
        file.unlink()
    _kill_first("valkey-server")(stage, chance)


def empty_valkey(stage: Stage, chance: random.Random) -> None:
    """It goes on, so nobody notices that it forgot everything."""
    with stage.valkey() as client:
        client.flushall()


def cut_power(stage: Stage, chance: random.Random) -> None:
    """Valkey dies, and what it wrote in the last second is gone. Our supervisor must not be quicker than we."""
    send(stage.supervisor, signal.SIGSTOP)
    _kill_first("valkey-server")(stage, chance)
    file, size = _aof(stage), SIZES.get(stage.aof, deque([0]))[0]
    if file:
        os.truncate(file, min(size, file.stat().st_size))
    send(stage.supervisor, signal.SIGCONT)


def fill_memory(stage: Stage, chance: random.Random) -> None:
    """Valkey takes nothing more for a while, as if it had reached its limit."""
    with stage.valkey() as client:
        client.config_set("maxmemory", 1)
        Event().wait(FULL)
        client.config_set("maxmemory", 0)


def fill_disk(stage: Stage, chance: random.Random) -> None:
    """Postgres, Valkey and all logs share a disk here. Somebody fills it, and makes room again."""
    ballast = stage.stack.data / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65536)
        except OSError:
            Event().wait(FULL)
    ballast.unlink()


def hang_worker(stage: Stage, chance: random.Random) -> None:
    """It does nothing any more, and does not die."""
    send(stage.pids("celery")[0], signal.SIGSTOP)


FAULTS: dict[str, Fault] = {
    "gateway": _kill_first("gunicorn"),
    "worker": _kill_first("celery"),
    "worker's child": kill_worker_child,
    "relay": kill_a_relay,
    "Valkey": _kill_first("valkey-server"),
    "Valkey without disk": kill_valkey_without_disk,
    "Valkey emptied": empty_valkey,
    "Postgres": _kill_first("bin/postgres\0-D"),
    "power cut": cut_power,
    "memory full": fill_memory,
    "disk full": fill_disk,
    "worker hangs": hang_worker,
}

CLOCK_STEPS = {f"{name}'s clock {days:+d} days": step(name, days) for name in WORDS for days in (2, -2)}
REPLACEMENTS = {
    **{f"{name} replaced": replaced(name) for name in CAST if "other" not in name},
    "newer workers gone": workers_gone,
    "worker": FAULTS["worker"],
}
FAULTS |= CLOCK_STEPS | REPLACEMENTS

#: The last sizes of Valkey's log, the oldest first.
SIZES: dict[Path, deque[int]] = {}


def watch_aof(stage: Stage, over: Event) -> None:
    """Remember how long Valkey's log was a second ago."""
    sizes = SIZES[stage.aof] = deque(maxlen=int(LOST_SECONDS * SAMPLES_A_SECOND))

    def sample() -> None:
        while not over.wait(1 / SAMPLES_A_SECOND):
            if file := _aof(stage):
                sizes.append(file.stat().st_size)

    Thread(target=sample, daemon=True).start()


def _aof(stage: Stage) -> Path | None:
    try:
        return max(stage.aof.glob("*.incr.aof"), key=lambda file: file.stat().st_mtime, default=None)
    except FileNotFoundError:
        return None
