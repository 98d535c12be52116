"""python -m bench [part ...] [--quick | --full]: measure, print, and write the tables of README.md.

Without parts: all of them. --quick only sees that everything works, and writes nothing: its figures mean little.
"""

import os
import shlex
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator

from bench import boards, checkins, fanout, inbox, lists, matching, memory, rings, roster, seats, series, servers, start
from bench.measure import Result, circumstances, write
from bench.product import Product, product

#: Those that share one running product, in this order: at rest first.
ON_PRODUCT: dict[str, Callable[[Product, Namespace], Result | servers.Comparison]] = {
    "memory": memory.measure,
    "inbox": inbox.measure,
    "boards": boards.measure,
    "checkins": checkins.measure,
    "servers": servers.measure,
    "rings": rings.measure,
    "fanout": fanout.measure,
    "seats": seats.measure,
    "series": series.measure,
    "matching": matching.measure,
    "roster": roster.measure,
    "lists": lists.measure,
}
PARTS = ("start", *ON_PRODUCT)
BUSY = 0.3
#: What the lists are measured among.
LARGE = {"members": 600_000, "check_ins": 10_000_000}
LITTLE = {"members": 6_000, "check_ins": 20_000}


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    options = _options()
    command = shlex.join(["python", "-m", "bench", *sys.argv[1:]])
    under = circumstances(command)
    print(under)
    if os.getloadavg()[0] > BUSY * (os.cpu_count() or 1):
        print("This machine is busy with something else: figures will be worse than they are, ratios uneven.")
    for part, result in _measure(options):
        print(f"\n{result}\n", flush=True)
        if not options.quick:
            write(part, f"\n{under}\n\n{result}\n")


def _measure(options: Namespace) -> Iterator[tuple[str, Result | servers.Comparison]]:
    wanted = [part for part in PARTS if part in options.parts]
    if "start" in wanted:
        print("\n== start", flush=True)
        yield "start", start.measure(options)
    if shared := [part for part in wanted if part in ON_PRODUCT]:
        with product() as running:
            for part in shared:
                print(f"\n== {part}", flush=True)
                running.settle()
                yield part, ON_PRODUCT[part](running, options)


def _options() -> Namespace:
    parser = ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of: all, {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="see that it works; the figures mean little")
    parser.add_argument("--full", action="store_true", help="fan out to 100,000, and start from fresh clones")
    parser.add_argument("--connections", type=int, default=16, help="phones that check in at once (16)")
    options = parser.parse_args()
    if unknown := set(options.parts) - {*PARTS, "all"}:
        parser.error(f"no such part: {', '.join(unknown)}")
    if not options.parts or "all" in options.parts:
        options.parts = PARTS
    return Namespace(**vars(options) | _sizes(options))


def _sizes(options: Namespace) -> dict:
    """How much of everything."""
    if options.quick:
        few = {"rounds": 1, "seconds": 2, "samples": 20, "recipients": 200, "fan_outs": 1, "rest": 2, "rush": 300}
        return few | LITTLE
    many = {"recipients": 100_000, "fan_outs": 1} if options.full else {"recipients": 5_000, "fan_outs": 3}
    return {"rounds": 3, "seconds": 10, "samples": 200, "rest": 60, "rush": 2_000, **LARGE, **many}


if __name__ == "__main__":
    main()
