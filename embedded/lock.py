"""One machine for one data folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another process works on this data folder; its address is the argument."""


@contextmanager
def hold(data: Path, address: str) -> Iterator[None]:
    """Keep the folder for us while the block runs. The kernel lets go of it, however we end."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise InUse(file.read().strip()) from None
        file.truncate(0)
        file.write(address)
        file.flush()
        yield
