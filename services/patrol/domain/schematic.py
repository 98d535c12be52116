"""Where on the board's map each place stands: a grid like that of a plan of lines, on which nothing overlaps.

What lies west of something stands left of it, what lies north above it. A place without coordinates stands beside
those of its zone, and where these have none either, in the rows below. The same places give the same map.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from math import ceil, sqrt
from typing import NamedTuple

Cell = tuple[int, int]  # column, row


class Spot(NamedTuple):
    """Something that has a place on the map: a checkpoint, or a compound without one."""

    key: str
    zone: str | None
    lat: float | None = None
    lon: float | None = None


#: More columns than these cannot be read on a screen beside a list, unless there are very many places.
WIDEST = 7


@lru_cache(maxsize=64)
def lay_out(spots: frozenset[Spot]) -> dict[str, Cell]:
    """A cell for each of these, whose keys differ."""
    ordered = sorted(spots, key=lambda spot: spot.key)
    known = [spot for spot in ordered if spot.lat is not None and spot.lon is not None]
    lines = max(WIDEST, ceil(sqrt(len(ordered))))
    columns = _lines([spot.lon or 0 for spot in known], lines)
    rows = _lines([-(spot.lat or 0) for spot in known], lines)
    placed: dict[str, Cell] = {}
    for spot, column, row in zip(known, columns, rows, strict=True):
        placed[spot.key] = _free(set(placed.values()), (column, row))
    _add_beside(placed, ordered, known)
    return _add_below(placed, [spot for spot in ordered if spot.key not in placed])


def _lines(values: Sequence[float], most: int) -> list[int]:
    """For each value the number of its line: what is close together shares one."""
    if not values:
        return []
    close = (max(values) - min(values)) / (most + 1)
    number, begin, lines = 0, min(values), {}
    for value in sorted(set(values)):
        if value - begin > close:
            number, begin = number + 1, value
        lines[value] = number
    return [lines[value] for value in values]


def _add_beside(placed: dict[str, Cell], ordered: Iterable[Spot], known: Iterable[Spot]) -> None:
    """Those whose zone is on the map already, as near to its first place as there is room."""
    first: dict[str, Cell] = {}
    for spot in known:
        if spot.zone:
            first.setdefault(spot.zone, placed[spot.key])
    for spot in ordered:
        if spot.key not in placed and spot.zone in first:
            placed[spot.key] = _free(set(placed.values()), first[spot.zone])


def _add_below(placed: dict[str, Cell], left: Sequence[Spot]) -> dict[str, Cell]:
    """In rows below all others, zone by zone; at last those that have no zone."""
    width = max([column + 1 for column, _ in placed.values()], default=min(WIDEST, max(1, len(left))))
    row = max([row + 1 for _, row in placed.values()], default=0)
    by_zone = sorted(left, key=lambda spot: (spot.zone is None, spot.zone or "", spot.key))
    return placed | {spot.key: (n % width, row + n // width) for n, spot in enumerate(by_zone)}


def _free(taken: set[Cell], wanted: Cell) -> Cell:
    """The free cell nearest to the wanted one."""
    return next(cell for distance in count() for cell in _around(wanted, distance) if cell not in taken)


def _around(cell: Cell, distance: int) -> Iterator[Cell]:
    """Cells at this distance that are on the map, those in the same row first."""
    column, row = cell
    for down in sorted(range(-distance, distance + 1), key=lambda down: (abs(down), -down)):
        across = distance - abs(down)
        for sideways in sorted({across, -across}, reverse=True):
            if column + sideways >= 0 and row + down >= 0:
                yield column + sideways, row + down
