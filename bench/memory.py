"""Memory of the whole product at rest, next to a bare Postgres and Valkey.

Proportional set sizes from /proc: what processes share is divided among them, so that the sum counts nothing twice.
The product has its demo set, all events have arrived, and it has been left alone for a minute. What limits it: Python
and the libraries of four services, once in the web process and once in each of the worker's. The peer has just been
made, holds nothing, and serves nobody.
"""

import time
from argparse import Namespace
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Result, Row
from bench.product import Product
from embedded import postgres, valkey
from tests.stack import descendants

#: A word of the command line, and whose it is.
PROGRAMS = {
    "gunicorn": "web (gunicorn)",
    "celery": "worker (Celery)",
    "shared.relay": "relay",
    "tests.standin": "the demo's stand-in for gateways",
    "postgres": "PostgreSQL",
    "valkey": "Valkey",
    "embedded.nest": "nest",
    "services": "supervisor",
}


def measure(product: Product, options: Namespace) -> Result:
    time.sleep(options.rest)
    assert product.stack.process
    by_program = of_tree(product.stack.process.pid)
    with TemporaryDirectory(prefix="joint-bare-") as folder:
        bare = _bare(Path(folder))
    together = Row(
        "Memory at rest", "MB", [by_program.total()], [bare.total()], "PostgreSQL and Valkey, bare and empty"
    )
    own = by_program.total() - by_program[PROGRAMS["tests.standin"]]
    without = Row("Without the stand-in, which is the demo's", "MB", [own], [bare.total()], "the same")
    parts = ", ".join(f"{name} {size:.0f} MB" for name, size in by_program.most_common())
    return Result([together, without], [f"{parts}.", f"After {options.rest:.0f} s of rest."])


def of_tree(pid: int) -> Counter[str]:
    """Megabytes of a process and all that it started, by program."""
    found: Counter[str] = Counter()
    for each in (pid, *descendants(pid)):
        found[_program(each)] += of_process(each)  # type: ignore[assignment]
    return found


def of_process(pid: int) -> float:
    """Megabytes of one process; none when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _program(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "ended"
    return next((name for word, name in PROGRAMS.items() if word in command), command[:40])


def _bare(folder: Path) -> Counter[str]:
    servers = [postgres.start(folder / "postgres"), valkey.start(folder / "valkey")]
    try:
        time.sleep(2)  # its helpers come a moment later
        return sum((of_tree(server.process.pid) for server in servers), Counter())
    finally:
        for server in servers:
            server.stop()
        postgres.erase(folder / "postgres")
