"""python -m chaos.compose ["fault" ...] [--write]: what only containers can suffer, with root and Docker's Compose.

Of the system only Postgres, Redis, the relay and notify's worker are started, under a project name of their own. News
is published in Postgres itself, twice a second, so that nothing that is cut stands before it; each must become one
message in one inbox. Networks are cut inside the network namespace of a container: packets vanish, as they do when a
switch dies.
"""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from uuid import uuid4

from bench.measure import PROJECT, circumstances, figure, percentile
from chaos.report import write

COMMITTEE = "20121031-0000-7000-8000-000000000001"
SERVICES = ("relay", "notify-worker")
#: Seconds from one piece of news to the next; for which a network is cut; between two faults; for what is under way.
EVERY, CUT, BETWEEN, DRAIN = 0.5, 10, 6, 180
BEGIN = f"""
    SET app.committee = '{COMMITTEE}';
    INSERT INTO bus.committees (id, code, name) VALUES ('{COMMITTEE}', 'storm', 'storm') ON CONFLICT DO NOTHING;
    INSERT INTO notify.people (committee_id, person_id, name, groups, skills, language, active, changed_at)
        VALUES ('{COMMITTEE}', '%(person)s', '郭建国', '{{}}', '{{}}', 'zh', true, now());
"""
PUBLISH = """
    SELECT bus.publish('patrol.trouble_reported.v1', trouble, clock_timestamp(), 'storm', trouble::text, NULL, 'B',
        jsonb_build_object('trouble_id', trouble, 'kind', 'lamp', 'place', '东门', 'words', '风暴',
            'reporter', '苏红梅', 'squad', NULL, 'leader_ids', jsonb_build_array('%(person)s')),
        '{notify}', '{notify.urgent}')
    FROM (SELECT uuidv7() AS trouble) AS t;
"""
#: A line an event: when it was published, when its first message was written (0: never), how many there are.
BOOK = """
    SELECT extract(epoch FROM e.recorded_at), coalesce(extract(epoch FROM min(m.created_at)), 0), count(m.id)
    FROM bus.events e LEFT JOIN notify.messages m ON m.event_id = e.id
    WHERE e.topic = 'patrol.trouble_reported.v1' GROUP BY e.id, e.recorded_at
"""
OPEN = "SELECT count(*) FROM bus.deliveries WHERE event_id IS NOT NULL"


@dataclass
class System:
    """The containers, and the compose command that rules them."""

    environment: dict[str, str]
    published: int = 0
    person: str = field(default_factory=lambda: str(uuid4()))

    def __call__(self, *words: str) -> str:
        command = ["docker", "compose", *words]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
        return done.stdout.strip()

    def sql(self, words: str) -> str:
        return self("exec", "-T", "postgres", "psql", "-U", "app", "-At", "-c", words, "committee")

    def inspect(self, service: str, what: str) -> str:
        container = self("ps", "-a", "-q", service).split()[0]
        return _run("docker", "inspect", "--format", what, container)

    def pid(self, service: str) -> int:
        """Of the init in a container, as this machine sees it."""
        return int(self.inspect(service, "{{.State.Pid}}"))

    def address(self, service: str) -> str:
        return self.inspect(service, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")

    def publish_until(self, over: Event) -> None:
        command = ["docker", "compose", "exec", "-T", "postgres", "psql", "-U", "app", "-Atq", "committee"]
        with subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as line:
            assert line.stdin
            assert line.stdout
            line.stdin.write(BEGIN % {"person": self.person})
            while not over.wait(EVERY):
                line.stdin.write(PUBLISH % {"person": self.person})
                line.stdin.flush()
                self.published += bool(line.stdout.readline())
            line.stdin.close()


Fault = Callable[[System], None]


def cut(service: str, other: str, *, answers_only: bool = False) -> Fault:
    """Packets between two containers vanish for a while: in both directions, or only those that come back."""

    def fault(system: System) -> None:
        inside = ["nsenter", "-t", str(system.pid(service)), "-n", "iptables", "-w"]
        rules = [["INPUT", "-s", system.address(other), "-j", "DROP"]]
        rules += [] if answers_only else [["OUTPUT", "-d", system.address(other), "-j", "DROP"]]
        for rule in rules:
            _run(*inside, "-I", *rule)
        Event().wait(CUT)
        for rule in rules:
            _run(*inside, "-D", *rule)

    return fault


def unplug(system: System) -> None:
    """The worker is taken off the network of the others."""
    container = system("ps", "-q", "notify-worker")
    network = f"{system.environment['COMPOSE_PROJECT_NAME']}_back"
    _run("docker", "network", "disconnect", network, container)
    Event().wait(CUT)
    _run("docker", "network", "connect", "--alias", "notify-worker", network, container)


def hang(system: System) -> None:
    """The worker's main process does nothing any more, and does not die."""
    [worker] = (
        Path(f"/proc/{system.pid('notify-worker')}/task/{system.pid('notify-worker')}/children").read_text().split()
    )
    os.kill(int(worker), signal.SIGSTOP)


def replace(system: System) -> None:
    """What an update does to a worker."""
    system("up", "-d", "--no-deps", "--force-recreate", "notify-worker")


FAULTS: dict[str, Fault] = {
    "worker and Redis cut off": cut("notify-worker", "redis"),
    "Redis' answers to the worker lost": cut("notify-worker", "redis", answers_only=True),
    "worker and Postgres cut off": cut("notify-worker", "postgres"),
    "Postgres' answers to the worker lost": cut("notify-worker", "postgres", answers_only=True),
    "relay and Redis cut off": cut("relay", "redis"),
    "relay and Postgres cut off": cut("relay", "postgres"),
    "worker off the network": unplug,
    "worker replaced": replace,
    "worker hangs": hang,
}


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the containers go
    options = _options()
    under = circumstances(" ".join(["python", "-m", "chaos.compose", *sys.argv[1:]]))
    with system(options.tag) as running:
        over = Event()
        feed = Thread(target=running.publish_until, args=(over,), daemon=True)
        feed.start()
        struck = [_strike(running, name) for name in options.faults]
        over.set()
        feed.join(10)
        table, good = _balance(running, struck)
    print(table)
    if options.write:
        write(f"\n{under}\n\n{table}\n", "compose")
    return 0 if good else 1


def _strike(running: System, name: str) -> tuple[str, float]:
    """Let it happen, wait until what was published after it has arrived, and a little longer."""
    FAULTS[name](running)
    over, limit = time.time(), time.monotonic() + DRAIN
    while time.monotonic() < limit and _recovery(_book(running), over) is None:
        Event().wait(0.5)
    print(f"  {name}: {_recovery(_book(running), over)}", flush=True)
    Event().wait(BETWEEN)
    return name, over


def _balance(running: System, struck: list[tuple[str, float]]) -> tuple[str, bool]:
    limit = time.monotonic() + DRAIN
    while running.sql(OPEN) != "0" and time.monotonic() < limit:
        Event().wait(1)
    book = _book(running)
    lost = running.published - sum(1 for _, _, times in book if times)
    doubled, left = sum(times > 1 for _, _, times in book), int(running.sql(OPEN))
    delays = [written - at for at, written, times in book if times]
    rows = [f"| {name} | {figure(_recovery(book, over) or float('inf'))} s |" for name, over in struck]
    words = f"{running.published:,} events, each to one inbox: {lost} lost, {doubled} doubled, {left} left over; "
    words += f"p50 {figure(percentile(delays, 0.5))} s, p99 {figure(percentile(delays, 0.99))} s."
    return "\n".join(["| What happened | Recovery |", "|---|--:|", *rows, "", words]), not (lost or doubled or left)


def _book(running: System) -> list[tuple[float, float, int]]:
    lines = (line.split("|") for line in running.sql(BOOK).splitlines())
    return [(float(at), float(written), int(times)) for at, written, times in lines]


def _recovery(book: list[tuple[float, float, int]], over: float) -> float | None:
    """Seconds until a message was there of something published after the fault."""
    return min((written - over for at, written, times in book if times and at > over), default=None)


@contextmanager
def system(tag: str) -> Iterator[System]:
    """Bring it up under a name of its own, and take it down again with its volumes."""
    with TemporaryDirectory(prefix="joint-compose-") as folder:
        settings = {"COMPOSE_PROJECT_NAME": f"jc-storm-{os.getpid()}", "TAG": tag, "SECRETS_DIR": f"{folder}/secrets"}
        running = System({**os.environ, **settings, "COMPOSE_FILE": "docker-compose.yml"})
        _run("deploy/make-secrets", f"{folder}/secrets")
        try:
            running("build", "migrate")
            running("up", "-d", "--no-build", *SERVICES)
            while running.sql("SELECT count(*) FROM bus.heartbeats") != "1":
                Event().wait(1)
            yield running
        finally:
            running("down", "-v", "--remove-orphans")


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip()


def _options() -> Namespace:
    parser = ArgumentParser("python -m chaos.compose", description=__doc__)
    parser.add_argument("faults", nargs="*", default=[*FAULTS], help=f"of: {', '.join(FAULTS)}")
    parser.add_argument("--tag", default="storm", help="of the image that is built")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
