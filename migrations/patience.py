"""How a migration waits for its locks: shortly, and again. Who waits for a table's lock makes all others wait."""

from collections.abc import Callable
from threading import Event

from sqlalchemy.exc import OperationalError

#: Longest time that requests are held up by a migration that waits.
LOCK_TIMEOUT = "2s"
TRIES = 30
PAUSE = 1.0
LOCK_NOT_AVAILABLE, DEADLOCK = "55P03", "40P01"


class Busy(Exception):
    """A table was never free for long enough: nothing was changed."""


def patiently(act: Callable[[], None], tries: int) -> None:
    """Try until the locks are had. A try that fails is rolled back as a whole."""
    for _ in range(tries):
        try:
            return act()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in (LOCK_NOT_AVAILABLE, DEADLOCK):
                raise
        Event().wait(PAUSE)
    raise Busy(f"a table was in use the whole time, {tries} times {LOCK_TIMEOUT}; nothing was changed, try again later")
