"""A machine whose clock is set by days while it works: a gateway, a worker and a relay of it, beside the product's own.

clock.c shows them another time of day than Postgres and the product's own programs have. libfaketime would too, but
with Python's sleep, which waits for a moment of the monotonic clock, its release 0.9.10 cannot cope.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Event

from chaos.beside import WORDS, beside, wait_for
from chaos.stage import Stage
from embedded.program import PROJECT

COMPILER = shutil.which("cc")
#: For how many seconds the clock is wrong.
WRONG = 8
A_DAY = 24 * 3600


@contextmanager
def wrong_clocks(stage: Stage) -> Iterator[None]:
    """In the block, this machine takes part; its clocks are right until a fault sets them."""
    library = compiled(stage.folder)
    for name in WORDS:
        _file(stage, name).write_bytes(bytes(8))
        clock = {"LD_PRELOAD": str(library), "CLOCK_FILE": str(_file(stage, name))}
        stage.others[name] = beside(stage.stack, name, stage.folder / f"{name}-clock.log", settings=clock)
    wait_for(*stage.others.values())
    with stage.joined():
        yield


def compiled(folder: Path) -> Path:
    """What is preloaded."""
    assert COMPILER
    library = folder / "clock.so"
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, PROJECT / "chaos/clock.c"], check=True)
    return library


def step(name: str, days: int) -> Callable[[Stage, Random], None]:
    """Set the clock of one program by so many days, and back again."""

    def fault(stage: Stage, chance: Random) -> None:
        set_wrong(_file(stage, name), days * A_DAY)
        Event().wait(WRONG)
        set_wrong(_file(stage, name), 0)

    return fault


def set_wrong(file: Path, seconds: int) -> None:
    """In place: the programs look at this very file all the time."""
    with file.open("r+b") as held:
        held.write(seconds.to_bytes(8, "little", signed=True))


def _file(stage: Stage, name: str) -> Path:
    return stage.folder / f"{name}.clock"
