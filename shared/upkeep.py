"""When what keeps us safe was done last: backups, restore drills, anchors and checks of the audit log.

A file each in DATA_DIR/upkeep, so that a restore does not turn it back: its time says when, its word how it went.
Whoever makes backups by other means may touch the file `backup` after each.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = ("backup", "drill", "audit_anchor", "audit_check")
NEVER = float("inf")


@dataclass(frozen=True)
class Done:
    """How long ago the last of a kind was, in seconds, and whether it went wrong; of several committees the worst."""

    kind: str
    age: float
    failed: bool


def note(data: Path, kind: str, of: object = "", *, fine: bool = True) -> None:
    """This was done just now; *of*: for which committee."""
    file = data / "upkeep" / (f"{kind}.{of}" if of else kind)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("fine\n" if fine else "failed\n")


def standing(data: Path, now: float | None = None) -> Iterator[Done]:
    """Of each kind the last."""
    for kind in KINDS:
        files = [file for file in (data / "upkeep").glob(f"{kind}*") if file.name.partition(".")[0] == kind]
        oldest = min((file.stat().st_mtime for file in files), default=-NEVER)
        age = max(0.0, (now or time.time()) - oldest)
        yield Done(kind, age, any("failed" in file.read_text() for file in files))
