"""Check-ins per second over HTTP, next to pgbench with the same SQL on the same server.

What limits ours: one web process of Python (WEB_PROCESSES), which shares the cores with Postgres and the load client.
What the peers are: *pgbench* runs the statements of the very same transaction, recorded from the product, prepared, by
as many clients in C: what Postgres could do if nothing stood before it. *healthz* is a request to the same server
that touches nothing: what the web server could do if there were nothing behind it. All commits are durable.
"""

import re
import subprocess
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.client import Load, Refused, load, request
from bench.crews import Phone, on_their_way
from bench.measure import Result, Row, rounds
from bench.product import Product
from bench.statements import script
from embedded.postgres import DATABASE

BATCH = 100
HEALTHZ = request("GET", "/patrol/healthz")
COUNT = "SELECT count(*) FROM patrol.check_ins"


def measure(product: Product, options: Namespace) -> Result:
    phones = on_their_way(product, options.connections)[: options.connections]
    with TemporaryDirectory(prefix="joint-pgbench-") as folder:
        runs = _runs(product, phones, options.seconds, Path(folder))
        runs["single"](), runs["healthz"]()  # connections, caches and prepared statements
        found = rounds(options.rounds, **runs)
    share = max(load.share for load in found["single"])
    notes = [
        f"{len(phones)} phones at once, two a shift, {options.seconds:.0f} s a round, {options.rounds} rounds.",
        f"The load client used at most {share:.0%} of one core while it checked in one by one.",
    ]
    return Result(_rows(found), notes)


def _runs(product: Product, phones: list[Phone], seconds: float, folder: Path) -> dict[str, Callable]:
    ask = partial(load, product.url, connections=len(phones), seconds=seconds)
    return {
        "single": lambda: _counted(product, partial(ask, lambda n: phones[n].check_ins()), 1),
        "pgbench": partial(_pgbench, product, _write(product, phones, folder), len(phones), seconds),
        "healthz": partial(ask, lambda n: repeat(HEALTHZ)),
        "uploads": lambda: _counted(product, partial(ask, lambda n: phones[n].uploads(BATCH)), BATCH),
    }


def _rows(found: dict[str, list]) -> list[Row]:
    single, healthz = ([load.per_second for load in found[name]] for name in ("single", "healthz"))
    uploaded = [BATCH * load.per_second for load in found["uploads"]]
    return [
        Row("Check-ins one by one", "/s", single, found["pgbench"], "pgbench, the same SQL"),
        Row("Check-ins one by one", "/s", single, healthz, "healthz on the same web server"),
        Row(f"Check-ins in uploads of {BATCH}", "/s", uploaded, found["pgbench"], "pgbench, one a transaction"),
    ]


def _counted(product: Product, ask: Callable[[], Load], rows: int) -> Load:
    """Load, and make sure that each answer stands for rows in the table."""
    before = product.value(COUNT)
    found = ask()
    if (more := product.value(COUNT) - before) != found.answers * rows:
        raise Refused(f"{found.answers} answers, but {more} rows")
    return found


def _write(product: Product, phones: list[Phone], folder: Path) -> Path:
    file = folder / "check_in.sql"
    with product.postgres() as connection:
        file.write_text(script(phones, connection))
    return file


def _pgbench(product: Product, file: Path, clients: int, seconds: float) -> float:
    command = [str(product.place.binaries / "pgbench"), "-h", str(product.place.sockets), "-U", "patrol", "-n"]
    command += ["-M", "prepared", "-c", str(clients), "-j", "2", "-T", f"{seconds:.0f}", "-f", str(file), DATABASE]
    done = subprocess.run(command, capture_output=True, text=True)
    failed = re.search(r"failed transactions: ([1-9]\d*)", done.stdout)
    if done.returncode or failed:
        raise Refused(f"pgbench: {done.stdout}{done.stderr}"[-2000:])
    return float(re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)[1])  # type: ignore[index]
