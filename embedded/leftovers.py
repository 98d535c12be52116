"""Where the kernel does not end children with their parent (macOS): note who they are, end them at the next start."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

NOTE = "children"


def note(data: Path, pids: list[int]) -> None:
    (data / NOTE).write_text("".join(f"{pid} {_started(pid)}\n" for pid in pids))


def end_those_of_last_time(data: Path) -> None:
    """Kill what we started and did not live to stop. A pid that is another program's by now is let be."""
    file = data / NOTE
    for line in file.read_text().splitlines() if file.exists() else []:
        pid, _, started = line.partition(" ")
        if started and started == _started(int(pid)):
            with suppress(ProcessLookupError):
                os.killpg(int(pid), signal.SIGKILL)
    file.unlink(missing_ok=True)


def _started(pid: int) -> str:
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, env={"LC_ALL": "C"})
    return found.stdout.strip()
