"""Everything on one machine: python -m services. The only file that knows all four services as programs."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from embedded.machine import Demo, Machine, answers, run
from embedded.program import Program

SERVICES = ("members", "events", "patrol", "notify")
QUEUES = ",".join([*(f"{service}.urgent" for service in SERVICES), *SERVICES])  # the urgent ones are asked first
#: What takes long to import, and is the same in gateway, worker and relay.
IMPORTED = (
    *(f"services.{service}.app" for service in SERVICES),
    *("services.doors", "shared.pages", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"),
    *("celery.bin.worker", "celery.apps.worker", "celery.concurrency.prefork", "kombu.transport.redis"),
)
NO = {"false", "no", "off", "0"}


def programs(host: str, port: int) -> list[Program]:
    gateway = ("-m", "gunicorn", "-c", "deploy/gunicorn.py", "services.gateway:app")
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    worker = ("-m", "celery", "-A", "services.worker", "worker", "-P", "prefork", "-c", "2", "-O", "fair", *quiet)
    listen = {"LISTEN": f"{host}:{port}"}
    return [
        Program(name="gateway", command=gateway, environment=listen, ready=answers(host, port)),
        Program(name="worker", command=(*worker, "-Q", QUEUES), hangs=worker_hangs),
        Program(name="relay", command=("-m", "shared.relay")),
    ]


def worker_hangs(environment: Mapping[str, str], running: float) -> bool:
    from shared.health import hangs  # it needs settings that only the programs have, but for these two

    settings = {**os.environ, **environment}
    return hangs(SERVICES, settings["DATABASE_URL"], settings["REDIS_URL"], running=running)


def demo() -> Demo | None:
    """Never on a database that somebody else keeps. Its messages go to a stand-in: docs/decisions/0004 says why."""
    if "DATABASE_URL" in os.environ or os.environ.get("DEMO", "true").lower() in NO:
        return None
    port = int(os.environ.get("DEMO_PHONES_PORT", "8025"))
    stand_in = ("-m", "tests.standin", "--port", str(port), "--smtp-port", str(port + 1))
    return Demo(
        load=Program(name="demo", command=("-m", "demo")),
        phones=Program(name="phones", command=stand_in, ready=answers("127.0.0.1", port, "/")),
        port=port,
        settings={name: value for name, value in _settings_of_demo(port).items() if name not in os.environ},
    )


def main() -> int:
    host, _, port = os.environ.get("LISTEN", "127.0.0.1:8000").rpartition(":")
    port = os.environ.get("PORT", port)
    machine = Machine(
        data=Path(os.environ.get("DATA_DIR") or ".data").absolute(),
        host=host,
        port=int(port),
        imported=IMPORTED,
        migration=Program(name="migrations", command=("-m", "migrations")),
        programs=programs(host, int(port)),
        demo=demo(),
    )
    return run(machine)


def _settings_of_demo(port: int) -> dict[str, str]:
    from tests.standin import Standin  # a deployment without the demo has no tests

    stand_in = Standin(port=port, smtp_port=port + 1)
    stand_in.url = f"http://127.0.0.1:{port}"
    return {"DEMO": "true", "DEMO_PHONES_PORT": str(port), **stand_in.settings(), **stand_in.settings_of_replies()}


if __name__ == "__main__":
    sys.exit(main())
