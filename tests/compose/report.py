"""What deploy/test-compose saw, into the table of docs/compose.md: python -m tests.compose.report RESULTS.xml"""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from embedded.comparing import circumstances

DOCUMENT = Path(__file__).parents[2] / "docs/compose.md"
HEAD = "| Compose | Checks passed | Failed | Healthy after | Containers | When |\n|---|--:|--:|--:|---|---|\n"
VERSIONS = {
    "PostgreSQL": ("postgres", "postgres", "--version"),
    "Redis": ("redis", "redis-server", "--version"),
    "nginx": ("proxy", "sh", "-c", "nginx -v 2>&1"),
    "Python": ("relay", "python", "--version"),
}


def main(results: Path) -> None:
    """One line for each version of Compose: the other's stays."""
    new = row(results)

    def replaced(marks: re.Match[str]) -> str:
        others = [line for line in marks[2].splitlines()[2:] if first(line) != first(new)]
        return marks[1] + HEAD + "\n".join(sorted([*others, new])) + "\n" + marks[3]

    pattern = re.compile("(<!-- tests -->\n)(.*?)(<!-- /tests -->)", re.DOTALL)
    DOCUMENT.write_text(pattern.sub(replaced, DOCUMENT.read_text()))


def row(results: Path) -> str:
    suite = next(ElementTree.parse(results).iter("testsuite")).attrib
    failed = int(suite["failures"]) + int(suite["errors"])
    passed = int(suite["tests"]) - failed - int(suite["skipped"])
    made_of = ", ".join(f"{name} {version(command)}" for name, command in VERSIONS.items())
    healthy = os.environ["HEALTHY_AFTER"]
    when = circumstances("deploy/test-compose")
    return f"| {compose()} | {passed} | {failed} | {healthy} s | {made_of} | {when} |"


def compose() -> str:
    said = subprocess.run([*command(), "version", "--short"], capture_output=True, text=True, check=True).stdout
    return f"`{' '.join(command())}` {said.strip()}"


def version(asked: tuple[str, ...]) -> str:
    done = subprocess.run([*command(), "exec", "-T", *asked], capture_output=True, text=True, check=True)
    found = re.search(r"\d+\.\d+(\.\d+)?", done.stdout)
    return found[0] if found else "?"


def command() -> list[str]:
    return os.environ.get("COMPOSE", "docker compose").split()


def first(line: str) -> str:
    """The version of Compose without its number: the line of the same one is replaced."""
    return line.split("`")[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
