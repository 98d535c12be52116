"""The supervisor with a real PostgreSQL, a real Valkey and a real gunicorn."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from embedded import sockets
from embedded.child import NOBODY
from tests.embedded.conftest import alive, eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def test_it_starts_answers_and_stops_without_a_trace(start, data):
    machine = start().until_open()
    everything = machine.descendants()

    assert machine.page() == b"here"
    assert machine.stop() == 0
    assert not alive(everything)
    assert not list(sockets.folder_for(data / "postgres").iterdir())


def test_a_second_start_is_refused_and_told_where_the_first_one_is(start):
    first = start().until_open()

    second = start()

    assert second.exit_code() == 3
    assert f"http://127.0.0.1:{first.port}" in second.words()
    assert first.page() == b"here"


def test_nothing_outlives_a_killed_supervisor_and_the_next_start_finds_the_data(start):
    machine = start().until_open()
    everything = machine.descendants()
    with machine.database() as database:
        database.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT '三顺店' AS word")
    machine.process.kill()
    machine.process.wait()

    again = start().until_open()

    eventually(lambda: not alive(everything))
    assert again.page() == b"here"
    with again.database() as database:
        assert database.execute("SELECT word FROM kept").fetchone() == ("三顺店",)


@pytest.mark.parametrize(("program", "command"), [("postgres", "pginstall/bin/postgres"), ("valkey", "valkey-server")])
def test_a_killed_server_is_started_again(start, program, command):
    machine = start().until_open()

    os.kill(machine.pid_of(command), signal.SIGKILL)

    eventually(lambda: f"{program} runs again" in machine.words())
    with machine.database() as database:
        assert database.execute("SELECT 1").fetchone() == (1,)
    assert machine.stop() == 0


def test_a_killed_program_is_started_again(start):
    machine = start().until_open()

    os.kill(machine.pid_of("gunicorn"), signal.SIGKILL)

    eventually(lambda: "web runs again" in machine.words())
    assert machine.page() == b"here"


def test_killing_everything_at_once_is_recovered_at_the_next_start(start):
    machine = start().until_open()
    everything = {machine.process.pid, *machine.descendants()}
    for pid in everything:
        with suppress(ProcessLookupError):  # the death of one may be the death of another
            os.kill(pid, signal.SIGKILL)
    machine.process.wait()

    assert start().until_open().page() == b"here"


def test_asked_twice_it_does_not_wait_for_a_stubborn_program(start):
    machine = start("stubborn").until_open()
    machine.process.send_signal(signal.SIGINT)
    eventually(lambda: "once more to hurry" in machine.words())

    assert machine.process.poll() is None
    assert machine.stop(signal.SIGINT) == 0


def test_a_step_that_fails_shows_the_end_of_its_log(start):
    machine = start("broken")

    assert machine.exit_code() == 1
    assert "No module named no_such_module" in machine.words()
    assert "tables.log" in machine.words()


def test_the_demo_set_is_loaded_once_and_its_log_ins_are_shown_each_time(start):
    first = start("demo").until_open()
    first.stop()

    second = start("demo").until_open()

    assert first.words().count("白桂芳") == 1
    assert second.words().count("白桂芳") == 1
    assert "Phones" in second.words()


def test_a_port_that_is_taken_is_named(start, data):
    machine = start().until_open()

    other = start(data=data.with_name("another"), port=machine.port)

    assert other.exit_code() == 4
    assert f"uses port {machine.port}" in other.words()


@pytest.mark.skipif(os.geteuid() != 0, reason="all these tests run as an ordinary user already")
def test_an_ordinary_user_can_run_it(start, open_folder):
    shutil.chown(open_folder, NOBODY, NOBODY)

    machine = start(data=open_folder / "数据 data", python=_python_of_an_ordinary_user()).until_open()

    assert machine.page() == b"here"
    assert machine.stop() == 0


def _python_of_an_ordinary_user() -> tuple[str, ...]:
    """This Python, or Debian's of the same version where this one is closed to others."""
    become = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "/bin/sh", "-c", 'exec "$@"', "sh")
    same_version = f"/usr/bin/python3.{sys.version_info.minor}"
    for python in filter(shutil.which, (sys.executable, same_version)):
        if shutil.which("setpriv") and not subprocess.run([*become, python, "-c", ""], capture_output=True).returncode:
            return (*become, python)
    pytest.skip("there is no setpriv, or no Python that other users may run")
