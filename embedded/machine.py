"""From an empty folder to everything running, and back: the databases, the keys, the tables, the programs."""

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from embedded import backup, postgres, secrets, valkey
from embedded.lock import InUse, hold
from embedded.program import NeverReady, Program
from embedded.progress import StepFailed, say, step
from embedded.supervisor import Stopped, Supervisor

ALL_INTERFACES = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where such a server is reached from here


class PortTaken(Exception):
    """Another program listens there already."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The demo set: what loads it, once, and leaves the log-ins behind; and the phones to which its messages go."""

    load: Program
    phones: Program
    port: int
    settings: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What is to run, and where it keeps its data."""

    data: Path
    host: str
    port: int
    programs: Sequence[Program]
    imported: Sequence[str] = ()  # modules that its Python programs have in common
    migration: Program | None = None
    demo: Demo | None = None

    @property
    def address(self) -> str:
        return os.environ.get("PUBLIC_URL") or f"http://{ALL_INTERFACES.get(self.host, self.host)}:{self.port}"

    @property
    def logins(self) -> Path:
        return self.data / "demo-logins.txt"


def run(machine: Machine) -> int:
    """Start it and stay until asked to stop. The answer is the exit code."""
    try:
        with hold(machine.data, machine.address), Supervisor(machine.data) as supervisor:
            _insist_on_free_port(machine.host, machine.port)
            if machine.demo:
                _insist_on_free_port("127.0.0.1", machine.demo.port)
            _start(machine, supervisor)
            print(_welcome(machine), flush=True)
            supervisor.watch()
    except Stopped:
        return _leave("Stopped.", 0)
    except InUse as other:
        return _leave(f"已在运行。It is running already, at {other}. Stop that one first (Ctrl-C where it runs).", 3)
    except PortTaken as port:
        return _leave(
            f"端口 {port} 被占用。Another program uses port {port}; ./run help says how to choose another.", 4
        )
    except (StepFailed, NeverReady, PermissionError) as failure:
        return _leave(str(failure), 1)


def answers(host: str, port: int, path: str = "/healthz") -> Callable[[int], bool]:
    """Ready means: this page is there."""

    def asked(pid: int) -> bool:
        line = HTTPConnection(ALL_INTERFACES.get(host, host), port, timeout=2)
        try:
            line.request("GET", path)
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    return asked


def _start(machine: Machine, supervisor: Supervisor) -> None:
    supervisor.build_nest(machine.imported)
    environment = {"DATA_DIR": str(machine.data), "PUBLIC_URL": machine.address}
    environment |= machine.demo.settings if machine.demo else {}
    environment |= _databases(machine.data, supervisor)
    environment |= secrets.keep(machine.data / "secrets")

    def ours(program: Program) -> Program:
        return replace(program, environment={**environment, **program.environment})

    if machine.migration:
        with step("表结构 Tables"):
            supervisor.run(ours(machine.migration))
    programs = [*machine.programs, *([machine.demo.phones] if machine.demo else [])]
    with step("服务 " + ", ".join(program.name for program in programs)):
        supervisor.start(*map(ours, programs))
    if machine.demo and not machine.logins.exists():
        _load(ours(machine.demo.load), supervisor)


def _load(demo: Program, supervisor: Supervisor) -> None:
    """Without its demo set the machine is whole: a failure is shown, and it runs on."""
    try:
        with step("示例数据 Demo set"):
            supervisor.run(demo)
    except StepFailed as failure:
        say(f"{failure}It runs without the demo set; ./run demo begins anew.")


def _databases(data: Path, supervisor: Supervisor) -> dict[str, str]:
    """Start those that the environment does not name."""
    found = {}
    if "DATABASE_URL" not in os.environ:
        with step("数据库 PostgreSQL"):
            place = postgres.prepare(data / "postgres")
            archive = postgres.archiving(place, backup.of_cluster(data, place.data) / backup.ARCHIVE)
            supervisor.start(postgres.describe(place, more=archive))
        found["DATABASE_URL"] = place.url
    if "REDIS_URL" not in os.environ:
        with step("队列 Valkey"):
            supervisor.start(valkey.describe(data / "valkey"))
        found["REDIS_URL"] = valkey.url(data / "valkey")
    return found


def _insist_on_free_port(host: str, port: int) -> None:
    """Wait a moment for the port: the programs of a run that was killed let go of it as they die."""
    if not any(_is_free(host, port) or Event().wait(0.1) for _ in range(20)):
        raise PortTaken(port)


def _is_free(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError:
        return False
    return True


def _welcome(machine: Machine) -> str:
    phones = f"手机 Phones of the demo  http://127.0.0.1:{machine.demo.port}\n" if machine.demo else ""
    logins = f"\n{machine.logins.read_text().strip()}\n" if machine.demo and machine.logins.exists() else ""
    return (
        f"\n打开 Open  {machine.address}\n{phones}{logins}\n停止 Stop: Ctrl-C    日志 Logs: {machine.data / 'logs'}\n"
    )


def _leave(words: str, code: int) -> int:
    say(words)
    return code
