"""What the running product writes down, and what must not stand in it, whoever it belongs to."""

import re
from collections.abc import Iterator
from pathlib import Path

SHAPES = {
    "a telephone number": re.compile(r"(?<![\w-])(?:\+?86)?1\d{10}(?![\w-])"),
    "a mailbox": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a key": re.compile(r"jc_(?:test|team|live)_\w+|whsec_\w+"),
    "a header with a secret": re.compile(r"(?i)authorization|bearer \w|set-cookie|\bsid=|\bpre="),
}
#: Of other programs: a line in which a host or a version looks like a mailbox.
HARMLESS = re.compile(r"celery@|@localhost")


def logs(data: Path) -> list[Path]:
    """All but what stands on the terminal, which greets a newcomer with the logins of the demo set."""
    terminal = data / "stack.log"
    return [file for file in data.rglob("*.log*") if file.is_file() and file != terminal]


def secrets_in(data: Path) -> list[str]:
    """The lines of its logs in which something looks like a secret, and what it looks like."""
    return [
        f"{file.name}: {what}: {line[:300]}"
        for file in logs(data)
        for line in file.read_text(errors="replace").splitlines()
        for what in looks_like(line)
    ]


def looks_like(line: str) -> Iterator[str]:
    for what, shape in SHAPES.items():
        if any(not HARMLESS.search(line[max(0, hit.start() - 10) : hit.end() + 10]) for hit in shape.finditer(line)):
            yield what
