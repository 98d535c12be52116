"""The verbs of ./run. Imports nothing from .venv until the packages are in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from embedded import packages, pages
from embedded.lock import InUse, hold
from embedded.program import PROJECT
from embedded.progress import StepFailed, say

HELP = """\
./run               install, build and start everything; Ctrl-C stops it
./run test          check everything: style, types, architecture, pages, tests
./run test PATH …   only pytest, with these arguments
./run demo          forget all data and start again with the demo set (--yes: do not ask)
./run lock          write the lock files anew from pyproject.toml
./run bench         measure load and latency
./run test-compose  try docker-compose.yml
./run help          this text

Settings: PORT (8000), LISTEN (127.0.0.1:8000), DEMO_PHONES_PORT (8025), DATA_DIR (.data), DEMO (true),
and all in docs/settings.md. For example: PORT=8001 ./run
DATABASE_URL or REDIS_URL name servers of your own; then ours is not started.
"""


def run(arguments: Sequence[str]) -> int:
    packages.sync(packages.RUNNING)
    pages.build()
    return _become("-m", "services", *arguments)


def test(arguments: Sequence[str]) -> int:
    packages.sync(packages.EVERYTHING)
    from embedded.checks import check_all

    return check_all(list(arguments))


def demo(arguments: Sequence[str]) -> int:
    data = Path(os.environ.get("DATA_DIR") or ".data").absolute()
    try:
        with hold(data, "here"):
            if "--yes" not in arguments and not _agreed(data):
                return 1
            _forget(data)
    except InUse as other:
        say(f"It is running, at {other}. Stop it first (Ctrl-C where it runs).")
        return 3
    return run([])


def lock(arguments: Sequence[str]) -> int:
    packages.lock()
    return 0


def bench(arguments: Sequence[str]) -> int:
    packages.sync(packages.EVERYTHING)
    return _become("-m", "bench", *arguments)


def test_compose(arguments: Sequence[str]) -> int:
    packages.sync(packages.EVERYTHING)
    return subprocess.run(["deploy/test-compose", *arguments], cwd=PROJECT, env=packages.environ()).returncode


def show_help(arguments: Sequence[str] = ()) -> int:
    print(HELP, end="")
    return 0


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "demo": demo,
    "lock": lock,
    "bench": bench,
    "test-compose": test_compose,
    "help": show_help,
}


def main(verb: str = "run", *arguments: str) -> int:
    if verb not in VERBS:
        say(f"There is no verb “{verb}”.\n")
        return show_help() or 2
    try:
        return VERBS[verb](arguments)
    except StepFailed as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130


def _become(*command: str) -> int:
    """Go on as this Python program: signals and the exit code are its own."""
    os.chdir(PROJECT)
    os.execve(sys.executable, [sys.executable, *command], packages.environ())  # noqa: S606  no shell is wanted


def _agreed(data: Path) -> bool:
    return input(f"Forget everything in {data}? [y/N] ").strip().lower() == "y"


def _forget(data: Path) -> None:
    """Remove all but the lock, which we hold, and the logs."""
    from embedded import postgres

    postgres.erase(data / "postgres")
    for part in data.iterdir():
        if part.name in ("lock", "logs"):
            continue
        shutil.rmtree(part) if part.is_dir() else part.unlink()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
