"""The locked packages of .venv, by uv. Needs nothing but Python itself: it is what installs the rest."""

import hashlib
import os
import subprocess
from pathlib import Path

from embedded.program import PROJECT
from embedded.progress import StepFailed, step

RUNNING, EVERYTHING = "requirements-embedded.lock", "requirements-dev.lock"
LOG = PROJECT / ".cache/logs/packages.log"
STAMP = PROJECT / ".venv/synced"
COMPILE = ["pip", "compile", "-q", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]


def sync(lock: str) -> None:
    """Make .venv what the lock file says. EVERYTHING holds RUNNING, so that it is left in place for it."""
    if _stamp() in (_describe(lock), _describe(EVERYTHING)):
        return
    with step("软件包 Packages"):
        STAMP.unlink(missing_ok=True)
        logged(["uv", "pip", "sync", "-q", "--compile-bytecode", "--require-hashes", lock], LOG, "Install packages")
        STAMP.write_text(_describe(lock))


def lock() -> None:
    """Write the lock files anew, the smaller ones out of the larger."""
    _compile(EVERYTHING, "--extra", "embedded", "--group", "web", "--group", "test", "--group", "lint")
    _compile(RUNNING, "-c", EVERYTHING, "--extra", "embedded", "--group", "web")
    _compile("requirements.lock", "-c", EVERYTHING)


def logged(command: list[str], log: Path, words: str, folder: Path = PROJECT, **environment: str) -> None:
    """Run it with its words in a log, which is shown when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(command, cwd=folder, env={**environ(), **environment}, stdout=output, stderr=output)
    if done.returncode:
        raise StepFailed(words, log)


def environ() -> dict[str, str]:
    """Our own uv, working on our own .venv, with the Python that is there."""
    path = os.pathsep.join([str(PROJECT / ".venv/bin"), str(PROJECT / ".tools/bin"), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(PROJECT / ".venv"), "UV_PYTHON_DOWNLOADS": "never"}


def _compile(output: str, *options: str) -> None:
    with step(output):
        command = ["uv", *COMPILE, "--custom-compile-command", "./run lock", "pyproject.toml", *options, "-o", output]
        logged(command, LOG, "Lock packages")


def _stamp() -> str:
    return STAMP.read_text().strip() if STAMP.exists() else ""


def _describe(lock: str) -> str:
    return f"{lock} {hashlib.sha256((PROJECT / lock).read_bytes()).hexdigest()}"
