"""Everything that must hold, in order, until the first that does not."""

import subprocess
import sys
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
PYTEST = [sys.executable, "-m", "pytest"]
PRODUCT = {"Stories": "tests/flows", "Browser": "tests/browser"}
#: Side by side each process has its own Postgres.
RULES = [*PYTEST, "-n", "2", *(f"--ignore={folder}" for folder in PRODUCT.values())]
WEB = {"Types of the pages": "check", "Tests of the pages": "test"}


def check_all(arguments: list[str]) -> int:
    """With arguments, only pytest with them."""
    if arguments:
        pages.build()
        return _check("Tests", [sys.executable, "-m", "pytest", *arguments])
    return _python() or _web() or _check("Rules", RULES) or _product()


def _python() -> int:
    return _first_failure(_check(words, command) for words, command in PYTHON.items())


def _web() -> int:
    pages.install()
    npm = [*pages.npm_command(), "run", "--if-present"]
    failed = _first_failure(_check(words, [*npm, script], "web") for words, script in WEB.items())
    if not failed:
        pages.build()
    return failed


def _product() -> int:
    """Stories and browser side by side, each before a running product of its own."""
    with ThreadPoolExecutor() as together:
        return max(together.map(_told_at_the_end, PRODUCT, PRODUCT.values()))


def _told_at_the_end(words: str, folder: str) -> int:
    done = subprocess.run([*PYTEST, folder], cwd=PROJECT, env=_environment(), stdout=PIPE, stderr=STDOUT, text=True)
    print(f"\n== The running product: {words}\n{done.stdout}", flush=True)
    return done.returncode


def _first_failure(codes) -> int:
    return next(filter(None, codes), 0)


def _check(words: str, command: list[str], folder: str = ".") -> int:
    print(f"\n== {words}", flush=True)
    return subprocess.run(command, cwd=PROJECT / folder, env=_environment()).returncode


def _environment() -> dict[str, str]:
    return {**environ(), "PATH": pages.path_with_node()}
