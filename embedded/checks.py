"""Everything that must hold, in order, until the first that does not."""

import subprocess
import sys

from embedded import pages
from embedded.packages import environ
from embedded.program import PROJECT

PYTHON = {
    "Style": ["ruff", "check"],
    "Format": ["ruff", "format", "--check"],
    "Types": ["mypy", "."],
    "Architecture": ["lint-imports"],
}
PRODUCT = ["tests/flows", "tests/browser"]
PYTEST = [sys.executable, "-m", "pytest"]
#: Side by side each process has its own Postgres; stories and browser each have a running product.
TESTS = {
    "Rules": [*PYTEST, "-n", "2", *(f"--ignore={folder}" for folder in PRODUCT)],
    "The running product": [*PYTEST, "-n", "2", "--dist", "loadgroup", *PRODUCT],
}
WEB = {"Types of the pages": "check", "Tests of the pages": "test"}


def check_all(arguments: list[str]) -> int:
    """With arguments, only pytest with them."""
    if arguments:
        pages.build()
        return _check("Tests", [sys.executable, "-m", "pytest", *arguments])
    return _python() or _web() or _first_failure(_check(words, command) for words, command in TESTS.items())


def _python() -> int:
    return _first_failure(_check(words, command) for words, command in PYTHON.items())


def _web() -> int:
    pages.install()
    npm = [*pages.npm_command(), "run", "--if-present"]
    failed = _first_failure(_check(words, [*npm, script], "web") for words, script in WEB.items())
    if not failed:
        pages.build()
    return failed


def _first_failure(codes) -> int:
    return next(filter(None, codes), 0)


def _check(words: str, command: list[str], folder: str = ".") -> int:
    print(f"\n== {words}", flush=True)
    environment = {**environ(), "PATH": pages.path_with_node()}
    return subprocess.run(command, cwd=PROJECT / folder, env=environment).returncode
