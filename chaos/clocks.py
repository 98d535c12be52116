"""A machine whose clock is set by days while it works: a gateway, a worker and a relay of it, beside the product's own.

libfaketime gives them another time of day than Postgres and the product's own programs have. Their monotonic clock
stays, as it does on a machine whose time of day is set.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Event

from chaos.beside import WORDS, beside, wait_for
from chaos.stage import Stage

#: Where Debian's package libfaketime puts it, for programs with threads.
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
#: For how many seconds the clock is wrong.
WRONG = 8


@contextmanager
def wrong_clocks(stage: Stage) -> Iterator[None]:
    """In the block, this machine takes part; its clocks are right until a fault sets them."""
    for name in WORDS:
        _set(stage, name, 0)
        clock = {"FAKETIME_TIMESTAMP_FILE": str(_file(stage, name)), "FAKETIME_CACHE_DURATION": "1"}
        clock |= {"LD_PRELOAD": str(LIBRARY), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        stage.others[name] = beside(stage.stack, name, stage.folder / f"{name}-clock.log", settings=clock)
    wait_for(*stage.others.values())
    with stage.joined():
        yield


def step(name: str, days: int) -> Callable[[Stage, Random], None]:
    """Set the clock of one program by so many days, and back again."""

    def fault(stage: Stage, chance: Random) -> None:
        _set(stage, name, days)
        Event().wait(WRONG)
        _set(stage, name, 0)

    return fault


def _set(stage: Stage, name: str, days: int) -> None:
    """In one step: a program that found half a line would have no time at all."""
    fresh = stage.folder / f"{name}.clock.new"
    fresh.write_text(f"{days:+d}d\n")
    fresh.replace(_file(stage, name))


def _file(stage: Stage, name: str) -> Path:
    return stage.folder / f"{name}.clock"
