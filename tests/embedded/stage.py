"""A small machine for the tests: python -m tests.embedded.stage FOLDER PORT [broken|stubborn|demo|hanging|nest]"""

import sys
from collections.abc import Mapping
from pathlib import Path

from embedded import vigil
from embedded.machine import Demo, Machine, answers, run
from embedded.program import Program
from tests.stack import free_port

WEB = "-m gunicorn -w 2 -b 127.0.0.1:{port} --no-control-socket tests.embedded.stage:app"
BROKEN = Program(name="tables", command=("-m", "no_such_module"))
STUBBORN = Program(name="stubborn", command=("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done"), patience=1000)


def found_hanging(environment: Mapping[str, str], running: float) -> bool:
    """Once, when a test says so."""
    sign = Path(environment["DATA_DIR"]) / "hangs"
    found = sign.exists()
    sign.unlink(missing_ok=True)
    return found


HANGING = Program(name="hanging", command=("/bin/sleep", "999"), hangs=found_hanging)
MORE = {"stubborn": [STUBBORN], "hanging": [HANGING]}


def app(environ, answer):
    answer("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]


def web(port: int, name: str = "web") -> Program:
    return Program(name=name, command=tuple(WEB.format(port=port).split()), ready=answers("127.0.0.1", port))


def demo(port: int) -> Demo:
    load = Program(name="demo", command=("/bin/sh", "-c", 'echo "$WHO" >> "$DATA_DIR/demo-logins.txt"'))
    return Demo(load=load, phones=web(port, "phones"), port=port, settings={"WHO": "白桂芳"})


def main(folder: str, port: str, manner: str = "") -> int:
    vigil.GRACE = vigil.EVERY = 0  # nobody here has time
    machine = Machine(
        data=Path(folder),
        host="127.0.0.1",
        port=int(port),
        programs=[web(int(port)), *MORE.get(manner, [])],
        imported=["gunicorn.app.wsgiapp"] if manner == "nest" else [],
        migration=BROKEN if manner == "broken" else None,
        demo=demo(free_port()) if manner == "demo" else None,
    )
    return run(machine)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
