"""The running system that deploy/test-compose has brought up; without one, what needs it is left out."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.flows.conftest import activity, shift  # noqa: F401  the people of the stories
from tests.stack import Stack, until

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class System:
    """Where it answers, and the command that rules it."""

    url: str
    command: list[str]

    def get(self, path: str, **options) -> requests.Response:
        return requests.get(self.url + path, timeout=35, **options)

    def __call__(self, *arguments: str) -> str:
        """Run the compose command with these arguments."""
        done = subprocess.run([*self.command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sql(self, words: str) -> str:
        return self("exec", "-T", "postgres", "psql", "-U", "app", "-At", "-c", words, "committee").strip()

    def inspect(self, service: str, what: str) -> str:
        """What the engine says of the first container of a service."""
        container = self("ps", "-a", "-q", service).split()[0]
        asked = ["docker", "inspect", "--format", what, container]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    def wait_for_a_beat(self, service: str) -> None:
        """Wait until the service's worker has done something new, by way of relay and Redis."""
        beat = f"SELECT at FROM bus.heartbeats WHERE service = '{service}'"
        before = self.sql(beat)
        until(lambda: self.sql(beat) != before, seconds=90)


@pytest.fixture(scope="session")
def system() -> System:
    if "BASE_URL" not in os.environ:
        pytest.skip("needs a running system: deploy/test-compose")
    return System(os.environ["BASE_URL"], os.environ.get("COMPOSE", "docker compose").split())


@pytest.fixture(scope="session")
def product(system) -> Stack:
    """The same system as the stories know it."""
    return Stack(system.url, os.environ["PHONES_URL"], Path(os.environ["DEMO_DATA"]))
