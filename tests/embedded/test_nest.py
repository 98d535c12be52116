"""Programs that come out of the nest: the supervisor's own children, at once, whatever becomes of the nest."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.embedded.conftest import alive, eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans to whom asks for them")


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def environment_as_started(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


def test_a_program_comes_out_of_the_nest_and_is_the_supervisors_child(start):
    machine = start("nest").until_open()
    nest, web = machine.pid_of("embedded.nest"), machine.pid_of("gunicorn")

    assert parent(nest) == parent(web) == machine.process.pid
    assert environment_as_started(web) == environment_as_started(nest)  # it has not been started, it was forked
    assert machine.page() == b"here"


def test_one_that_was_killed_comes_out_of_it_again_and_leaves_nothing_behind(start):
    machine = start("nest").until_open()
    nest, web = machine.pid_of("embedded.nest"), machine.pid_of("gunicorn")
    its_own = [pid for pid in machine.descendants() if parent(pid) == web]

    os.kill(web, signal.SIGKILL)

    eventually(lambda: "web runs again" in machine.words())
    assert environment_as_started(machine.pid_of("gunicorn")) == environment_as_started(nest)
    assert its_own
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in (web, *its_own)))


def test_what_came_out_of_a_nest_lives_on_without_it(start):
    machine = start("nest").until_open()
    nest, web = machine.pid_of("embedded.nest"), machine.pid_of("gunicorn")

    os.kill(nest, signal.SIGKILL)
    os.kill(web, signal.SIGKILL)

    eventually(lambda: "web runs again" in machine.words() and "nest runs again" in machine.words())
    assert machine.page() == b"here"
    assert machine.stop() == 0


def test_nothing_that_came_out_of_the_nest_outlives_a_killed_supervisor(start):
    machine = start("nest").until_open()
    everything = machine.descendants()

    machine.process.kill()
    machine.process.wait()

    eventually(lambda: not alive(everything))
