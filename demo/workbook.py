"""The demo set as the workbook that a community would upload: python -m demo.workbook out.xlsx"""

import sys
from pathlib import Path

from demo import people, places, tree, units
from services.members.domain import workbook


def build(path: Path | str) -> None:
    """Write the 13 units, 9 compounds, the organisation tree and the 597 members into a workbook."""
    workbook.write(records(), str(path))


def records() -> dict[str, list[dict]]:
    return {
        "unit": units.records(),
        "place": places.records(),
        "node": tree.records(),
        "person": [member.record() for member in people.members()],
    }


if __name__ == "__main__":
    build(sys.argv[1])
    print(f"{len(people.members())} members in {sys.argv[1]}")
