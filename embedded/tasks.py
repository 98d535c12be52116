"""The verbs of ./run. Imports nothing from .venv until the packages are in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from embedded import packages, pages, running
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
./run backup        copy the database, while it runs or not
./run restore --to TIME | --latest [--from FOLDER]
                    take the database back to a moment
./run restore-drill damage a copy, restore it, and compare every row
./run doctor        say what is wrong with this installation, and what to do
./run trace ID      follow a request, an event or a message from the tap to the last sending
./run verify-audit  check that nobody changed the audit log
./run chaos         break it at random, and see that nothing is lost
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


def chaos(arguments: Sequence[str]) -> int:
    packages.sync(packages.EVERYTHING)
    return _become("-m", "chaos", *arguments)


def test_compose(arguments: Sequence[str]) -> int:
    packages.sync(packages.EVERYTHING)
    return subprocess.run(["deploy/test-compose", *arguments], cwd=PROJECT, env=packages.environ()).returncode


def backup(arguments: Sequence[str]) -> int:
    packages.sync(packages.RUNNING)
    return _become("-m", "embedded.backup", *arguments)


def restore(arguments: Sequence[str]) -> int:
    packages.sync(packages.RUNNING)
    return _become("-m", "embedded.restore", *arguments)


def restore_drill(arguments: Sequence[str]) -> int:
    packages.sync(packages.EVERYTHING)
    return _become("-m", "embedded.drill", *arguments)


def doctor(arguments: Sequence[str]) -> int:
    """With nothing installed, too: what is missing is part of what it says."""
    os.chdir(PROJECT)
    os.execv(sys.executable, [sys.executable, "-m", "embedded.doctor", *arguments])  # noqa: S606  no shell is wanted


def trace(arguments: Sequence[str]) -> int:
    return _beside_the_machine("shared.trace", *arguments)


def verify_audit(arguments: Sequence[str]) -> int:
    return _beside_the_machine("shared.audit", "verify", *arguments)


def show_help(arguments: Sequence[str] = ()) -> int:
    print(HELP, end="")
    return 0


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "demo": demo,
    "lock": lock,
    "bench": bench,
    "chaos": chaos,
    "backup": backup,
    "restore": restore,
    "restore-drill": restore_drill,
    "doctor": doctor,
    "trace": trace,
    "verify-audit": verify_audit,
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


def _beside_the_machine(module: str, *arguments: str) -> int:
    """Run it with the settings of the machine that runs on our data folder."""
    packages.sync(packages.RUNNING)
    os.environ.update(running.settings(Path(os.environ.get("DATA_DIR") or ".data").absolute()))
    return _become("-m", module, *arguments)


def _agreed(data: Path) -> bool:
    return input(f"Forget everything in {data}? [y/N] ").strip().lower() == "y"


def _forget(data: Path) -> None:
    """Remove all but the lock, which we hold, the logs, and the backups."""
    from embedded import postgres

    postgres.erase(data / "postgres")
    for part in data.iterdir():
        if part.name in ("lock", "logs", "backups"):
            continue
        shutil.rmtree(part) if part.is_dir() else part.unlink()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
