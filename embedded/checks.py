"""Everything that must hold, in order, until the first that does not."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from subprocess import PIPE, STDOUT

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
PRODUCT = {"Stories": "tests/flows", "Browser": "tests/browser"}
#: Side by side each process has its own Postgres.
RULES = [*PYTEST, "-n", "2", *(f"--ignore={folder}" for folder in PRODUCT.values())]


def check_all(arguments: list[str]) -> int:
    """With arguments, only pytest with them. What waits for other things runs side by side."""
    if arguments:
        pages.build()
        return _check("Tests", [*PYTEST, *arguments])
    return _side_by_side(_python, _web) or _check("Rules", RULES) or _side_by_side(*map(_before, PRODUCT.items()))


def _python() -> int:
    return _first_failure(_told_at_the_end(words, command) for words, command in PYTHON.items())


def _web() -> int:
    npm = [*pages.npm_command(), "run", "--if-present"]
    pages.install()
    failed = _first_failure(_told_at_the_end(words, [*npm, script], "web") for words, script in WEB.items())
    if not failed:
        pages.build()
    return failed


def _before(part: tuple[str, str]) -> Callable[[], int]:
    """Stories, or the browser, before a running product of its own."""
    words, folder = part
    return lambda: _told_at_the_end(words, [*PYTEST, folder])


def _side_by_side(*checks: Callable[[], int]) -> int:
    with ThreadPoolExecutor() as together:
        return max(together.map(lambda check: check(), checks))


def _first_failure(codes: Iterable[int]) -> int:
    return next(filter(None, codes), 0)


def _check(words: str, command: list[str]) -> int:
    print(f"\n== {words}", flush=True)
    return subprocess.run(command, cwd=PROJECT, env=_environment()).returncode


def _told_at_the_end(words: str, command: list[str], folder: str = ".") -> int:
    """A check beside another."""
    where = PROJECT / folder
    done = subprocess.run(command, cwd=where, env=_environment(), stdout=PIPE, stderr=STDOUT, text=True)
    print(f"\n== {words}\n{done.stdout}", flush=True)
    return done.returncode


def _environment() -> dict[str, str]:
    return {**environ(), "PATH": pages.path_with_node()}
