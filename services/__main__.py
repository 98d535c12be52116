"""Everything on one machine: python -m services. The only file that knows all four services as programs."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from embedded.machine import Machine, answers, run
from embedded.program import Program

SERVICES = ("members", "events", "patrol", "notify")
QUEUES = ",".join([*(f"{service}.urgent" for service in SERVICES), *SERVICES])  # the urgent ones are asked first


def programs(host: str, port: int) -> list[Program]:
    gateway = ("-m", "gunicorn", "-c", "deploy/gunicorn.py", "--no-control-socket", "services.gateway:app")
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    worker = ("-m", "celery", "-A", "services.worker", "worker", "-P", "prefork", "-c", "2", "-O", "fair", *quiet)
    return [
        Program(
            name="gateway",
            command=gateway,
            environment={"LISTEN": f"{host}:{port}"},
            ready=answers(host, port),
        ),
        Program(name="worker", command=(*worker, "-Q", QUEUES)),
        Program(name="relay", command=("-m", "shared.relay")),
    ]


def main() -> int:
    host, _, port = os.environ.get("LISTEN", "127.0.0.1:8000").rpartition(":")
    port = os.environ.get("PORT", port)
    machine = Machine(
        data=Path(os.environ.get("DATA_DIR") or ".data").absolute(),
        host=host,
        port=int(port),
        migration=Program(name="migrations", command=("-m", "migrations")),
        programs=programs(host, int(port)),
        demo=Program(name="demo", command=("-m", "demo")) if find_spec("demo") else None,
    )
    return run(machine)


if __name__ == "__main__":
    sys.exit(main())
