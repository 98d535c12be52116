"""Look at everything, say what was found, and end with 1 when something is wrong."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from embedded.doctor import care, databases, here, outside
from embedded.doctor.finding import Finding, language, wrong

CLOSING = {
    True: ("有 {n} 处要处理。", "{n} things need somebody."),
    False: ("没有发现问题。", "Nothing is wrong."),
}


def examine(data: Path) -> Iterator[Finding]:
    """Everything, in the order in which it would be repaired."""
    checks = [
        here.python,
        here.packages,
        *(partial(check, data) for check in (here.disk, here.folder, here.keys, here.port)),
        *(partial(check, data) for check in (databases.postgres, databases.broker, outside.gateways)),
        partial(outside.public_url, data),
        *(partial(check, data) for check in (care.backups, care.drills, care.audit)),
    ]
    for check in checks:
        yield from _whole(check)


def _whole(check) -> Iterable[Finding]:
    """What a check finds; that it could not be done is a finding too."""
    try:
        return list(check())
    except Exception as error:
        name = getattr(check, "func", check).__name__
        said = f"{name}: {type(error).__name__}: {error}"
        return [
            wrong(
                (f"没能查完 {said}", f"Could not look at {said}"), ("把这一行告诉维护人员", "Tell whoever maintains it")
            )
        ]


def main() -> int:
    data = Path(os.environ.get("DATA_DIR") or ".data").absolute()
    bad = 0
    for finding in examine(data):
        print(finding, flush=True)
        bad += finding.level == "wrong"
    print("\n" + CLOSING[bad > 0][language()].format(n=bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
