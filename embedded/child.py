"""Becomes the program it is told to be: one that dies with its parent, and is not root where root is refused.

    python -m embedded.child PARENT SIGNAL IDENTITY program argument ...

A Python program is given as `-m module`; then what it forks dies with it as well.
"""

import ctypes
import os
import runpy
import signal
import sys
from pathlib import Path

NOBODY = 65534
SET_PARENT_DEATH_SIGNAL = 1
CLONE_NEWUSER = 0x10000000

libc = ctypes.CDLL(None, use_errno=True)


def main(parent: str, death: str, identity: str, *command: str) -> None:
    IDENTITIES[identity]()
    die_with_parent(int(death))
    if os.getppid() != int(parent):
        sys.exit("The parent is gone already.")
    if command[0] != "-m":
        os.execv(command[0], command)  # noqa: S606  no shell is wanted
    run_module(*command[1:])


def run_module(name: str, *arguments: str) -> None:
    """Be this Python program, and let what it forks die with it."""
    os.register_at_fork(after_in_child=die_with_parent)
    sys.argv = [name, *arguments]
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def show_as(*command: str) -> None:
    """Be listed under this command line: it takes the place of the one we were started with, as far as that is long."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    begin, end = int(fields[45]), int(fields[46])
    shown = "\0".join(command).encode()[: end - begin - 1]
    ctypes.memmove(begin, shown.ljust(end - begin, b"\0"), end - begin)


def die_with_parent(death: int = signal.SIGKILL) -> None:
    """Let the kernel send us this signal when the parent dies. Only Linux can; elsewhere see leftovers.py."""
    if sys.platform == "linux":
        libc.prctl(SET_PARENT_DEATH_SIGNAL, int(death))


def look_like_nobody() -> None:
    """Enter a user namespace of one user: PostgreSQL sees `nobody` and starts; outside, the files stay root's."""
    if libc.unshare(CLONE_NEWUSER):
        sys.exit(f"No user namespace: {os.strerror(ctypes.get_errno())}")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1\n")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} 0 1\n")


def become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


IDENTITIES = {"same": lambda: None, "namespace": look_like_nobody, "nobody": become_nobody}

if __name__ == "__main__":
    main(*sys.argv[1:])
