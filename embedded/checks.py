"""Everything that must hold, in order, until the first that does not."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, STDOUT
from tempfile import TemporaryDirectory

from embedded import pages
from embedded.packages import environ
from embedded.program import PROJECT

PYTHON = {
    "Style": ["ruff", "check"],
    "Format": ["ruff", "format", "--check"],
    "Types": ["mypy", "."],
    "Architecture": ["lint-imports"],
}
WEB = {"Types of the pages": "check", "Tests of the pages": "test"}
PYTEST = [sys.executable, "-m", "pytest"]
WATCH = "tests/browser/desk/watch"
#: Each before a product of its own; that they take about as long keeps both cores at work.
PRODUCT = {
    "Stories, and the desk's pages of the watch": ["tests/flows", WATCH],
    "Pages of the phone, and for everybody": ["tests/browser/phone", "tests/browser/public"],
    "Pages of the desk": ["tests/browser/desk", f"--ignore={WATCH}"],
}
#: Side by side each process has its own Postgres; one more than there are cores, for many wait.
RULES = [*PYTEST, "-n", "3", "--dist", "worksteal", "--ignore=tests/flows", "--ignore=tests/browser"]


def check_all(arguments: list[str]) -> int:
    """With arguments, only pytest with them. What waits for other things runs side by side."""
    if arguments:
        pages.build()
        return _check("Tests", [*PYTEST, *arguments])
    with TemporaryDirectory() as folder:
        demo = str(Path(folder, "demo"))
        parts = [_before(words, folders, demo) for words, folders in PRODUCT.items()]
        return _side_by_side(_python, lambda: _web() or _demo(demo)) or _check("Rules", RULES) or _side_by_side(*parts)


def _python() -> int:
    return _first_failure(_told_at_the_end(words, command) for words, command in PYTHON.items())


def _web() -> int:
    npm = [*pages.npm_command(), "run", "--if-present"]
    pages.install()
    failed = _first_failure(_told_at_the_end(words, [*npm, script], "web") for words, script in WEB.items())
    if not failed:
        pages.build()
    return failed


def _demo(folder: str) -> int:
    """What a product holds that has loaded the demo set: loaded once, for all that begin with it."""
    return _told_at_the_end("The demo set", [sys.executable, "-m", "tests.stack", folder])


def _before(words: str, folders: list[str], demo: str) -> Callable[[], int]:
    """Tests before a running product of their own."""
    return lambda: _told_at_the_end(words, [*PYTEST, *folders], DEMO_DATA=demo)


def _side_by_side(*checks: Callable[[], int]) -> int:
    with ThreadPoolExecutor() as together:
        return max(together.map(lambda check: check(), checks))


def _first_failure(codes: Iterable[int]) -> int:
    return next(filter(None, codes), 0)


def _check(words: str, command: list[str]) -> int:
    print(f"\n== {words}", flush=True)
    return subprocess.run(command, cwd=PROJECT, env=_environment()).returncode


def _told_at_the_end(words: str, command: list[str], folder: str = ".", **settings: str) -> int:
    """A check beside another."""
    where, environment = PROJECT / folder, _environment() | settings
    done = subprocess.run(command, cwd=where, env=environment, stdout=PIPE, stderr=STDOUT, text=True)
    print(f"\n== {words}\n{done.stdout}", flush=True)
    return done.returncode


def _environment() -> dict[str, str]:
    return {**environ(), "PATH": pages.path_with_node()}
