"""python -m chaos [part ...] [--short] [--events N] [--seed N]: storms over the product, and the ledger after each.

Without parts: all. --short: a thousand events and every kind of kill once. The table goes into docs/reliability.md,
unless it is a short one. Ends with 1 if anything was lost or doubled.
"""

import shlex
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import circumstances
from chaos.clocks import COMPILER
from chaos.ledger import Balance
from chaos.report import as_table, rows_of, write_rows
from chaos.stage import stage
from chaos.storms import SHORT, SHORT_RATE, STORMS, run

#: The disk that is filled: Postgres, with little write-ahead log yet, Valkey and all logs must fit.
SMALL_DISK = "600m"


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    options = _options()
    under = circumstances(shlex.join(["python", "-m", "chaos", *sys.argv[1:]])) + f" Seed {options.seed}."
    print(under, flush=True)
    found: dict[str, Balance] = {}
    for part, one in _storms(options):
        found[part] = one
        if not options.short and not options.dry:
            write_rows(under, rows_of(found), list(STORMS))
    print(f"\n{as_table(rows_of(found))}")
    print("\n".join(f"* {name}: {fault}" for name, one in found.items() for fault in one.faults))
    return 1 if any(one.lost or one.doubled or one.faults for one in found.values()) else 0


def _storms(options: Namespace) -> Iterator[tuple[str, Balance]]:
    if options.short:
        with _folder() as folder, stage(folder) as here:
            yield "short", run(here, SHORT, options.events or 1000, options.seed, SHORT_RATE)
        return
    if COMPILER is None and "clock" in options.parts:
        print("clock is left out: there is no C compiler (cc)")
        options.parts.remove("clock")
    shared = [part for part in STORMS if part in options.parts and part != "disk"]
    if shared:
        with _folder() as folder, stage(folder) as here:
            for part in shared:
                yield part, _one(here, part, options)
    if "disk" in options.parts:
        with _small_disk() as folder, stage(folder) as here:
            yield "disk", _one(here, "disk", options)


def _one(here, part: str, options: Namespace) -> Balance:
    print(f"\n== {part}", flush=True)
    found = run(here, STORMS[part], int((options.events or 20_000) * STORMS[part].share), options.seed)
    print("\n".join([f"{found.events} events, {found.lost} lost, {found.doubled} doubled", *found.faults]), flush=True)
    return found


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="joint-chaos-") as folder:
        yield Path(folder)


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A disk of its own, in memory; only root can mount one."""
    with _folder() as folder:
        disk = folder / "data"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(disk)], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def _options() -> Namespace:
    parser = ArgumentParser("python -m chaos", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of: {', '.join(STORMS)}")
    parser.add_argument("--short", action="store_true", help="1,000 events, every kind of kill once; writes nothing")
    parser.add_argument("--events", type=int, help="in all, over all parts (20,000; short: 1,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same events and the same faults")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    if unknown := set(options.parts) - STORMS.keys():
        parser.error(f"no such part: {', '.join(unknown)}")
    options.parts = options.parts or list(STORMS)
    return options


if __name__ == "__main__":
    sys.exit(main())
