"""A real program that does nothing any more under the real supervisor."""

import os
import signal
import sys

import pytest

from tests.embedded.conftest import alive, eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def test_a_program_that_hangs_is_started_again(start, data):
    machine = start("hanging").until_open()
    first = machine.pid_of("sleep\0999")
    os.kill(first, signal.SIGSTOP)

    (data / "hangs").touch()

    eventually(lambda: "hanging runs again" in machine.words())
    assert machine.words().count("hanging hangs") == 1
    assert not alive({first})
    assert machine.stop() == 0
