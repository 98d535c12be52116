"""Has imported what our Python programs need, and becomes any of them: python -m embedded.nest SOCKET module,…

What is forked from here is at work within a second, where its imports alone take three seconds of a core, and it shares
the memory of what was imported with all others. Whoever asks writes a line of JSON, reads the new process's number, and
lets it go with one byte. It is a child of our parent, the supervisor: between us and it stands a process that ends at
once, and the supervisor takes in such orphans (hatching.py). Only on Linux.
"""

import gc
import json
import os
import signal
import socket
import sys
from importlib import import_module

from embedded import child

GO = b"!"


def main(path: str, modules: str, *_room: str) -> None:
    """*_room*: so that the command line is long enough for those of all programs to be written over it."""
    for module in modules.split(","):
        import_module(module)
    gc.collect()
    gc.freeze()  # what is never looked at for garbage stays shared
    child.show_as(sys.executable, "-m", "embedded.nest")
    supervisor = os.getppid()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        while True:
            line, _ = door.accept()
            with line:
                if _is_new(line):
                    door.close()
                    return _become(line, supervisor)


def _is_new(line: socket.socket) -> bool:
    """True in the process that was forked, and only when it is the supervisor's."""
    heard, told = os.pipe()
    if between := os.fork():
        os.close(heard)
        os.waitpid(between, 0)
        os.close(told)
        return False
    if os.fork():
        os._exit(0)
    os.close(told)
    os.read(heard, 1)  # nothing comes; it ends when the process between us has
    os.close(heard)
    return True


def _become(line: socket.socket, supervisor: int) -> None:
    wanted = json.loads(line.makefile("rb").readline())
    os.setsid()
    child.die_with_parent(signal.Signals(wanted["orphaned"]))
    line.sendall(b"%d\n" % os.getpid())
    if line.recv(1) != GO or os.getppid() != supervisor:
        sys.exit("Nobody waits for this process any more.")
    line.close()
    _redirect(wanted["log"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    child.show_as(sys.executable, *wanted["command"])
    child.run_module(*wanted["command"][1:])


def _redirect(log: str) -> None:
    """Output goes to the program's log, and there is no input."""
    output, nothing = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666), os.open(os.devnull, os.O_RDONLY)
    for opened, number in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(opened, number)
    os.closerange(3, max(output, nothing) + 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
