"""The table of docs/security.md: who may call which route, about what. It is the only place where that is written."""

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
TABLE = re.compile(r"<!-- access -->\n(.*?)<!-- /access -->", re.DOTALL)

#: What a word in the table lets somebody do it to: things of their own, of others, of another committee.
ALLOWED = {
    "–": frozenset(),
    "none": frozenset(),  # of a list: it may be asked for, and shows nothing
    "yes": frozenset({"own"}),  # about nothing in particular
    "own": frozenset({"own"}),
    "all": frozenset({"own", "foreign"}),
}


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    route: str  # "GET /api/members/people/<person_id>"
    what: str  # "–": nothing in particular
    scope: str
    cells: dict[str, str]  # by role

    @property
    def key(self) -> tuple[str, str]:
        return self.route, self.what

    def may(self, role: str) -> frozenset[str]:
        """The relations in which this role stands to what it may do this to."""
        return ALLOWED[self.cells[role]]


def rows() -> list[Row]:
    """The table."""
    found = TABLE.search(PAGE.read_text())
    assert found, "docs/security.md holds no table between its marks"
    head, _, *lines = [_cells(line) for line in found[1].strip().splitlines()]
    roles = head[2:-1]
    return [_row(roles, line) for line in lines]


def _row(roles: list[str], cells: list[str]) -> Row:
    route, what, *words, scope = cells
    return Row(route, what, scope, dict(zip(roles, words, strict=True)))


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
