"""Nine compounds with their buildings and entrances, and the zones and stairwell groups that cover them."""

from collections.abc import Iterator
from dataclasses import dataclass

COMPOUNDS = (
    # code, name, buildings, entrances, households, zones, stairwell groups, of these with two entrances
    ("C1", "体院家属院", 6, 18, 216, 3, 6, 1),
    ("C2", "建筑所宿舍", 4, 12, 144, 2, 4, 0),
    ("C3", "供热站小区", 5, 15, 180, 3, 5, 1),
    ("C4", "顺店北院", 7, 14, 168, 2, 5, 1),
    ("C5", "公交新村", 8, 24, 288, 4, 8, 2),
    ("C6", "青禾园", 9, 27, 486, 5, 9, 2),
    ("C7", "惠民佳苑", 6, 12, 432, 2, 4, 0),
    ("C8", "利民市场楼", 3, 6, 96, 1, 2, 0),
    ("C9", "晨光里", 5, 10, 450, 2, 3, 0),
)


@dataclass(frozen=True)
class Entrance:
    """An entrance, with the zone that it lies in, and its stairwell group if it has one."""

    code: str
    compound: str
    building: str
    name: str
    households: int
    zone: str
    stairwell: str | None


def entrances() -> Iterator[Entrance]:
    """All 138; seven of them without a group, so that a search for gaps has something to find."""
    for code, _, buildings, many, households, zones, groups, of_two in COMPOUNDS:
        cover = _cover(groups, of_two, many)
        for index in range(many):
            building, entrance = divmod(index, many // buildings)
            group = cover[index]
            near = group if group is not None else max((g for g in cover[:index] if g is not None), default=0)
            yield Entrance(
                code=f"{code}-B{building + 1}-E{entrance + 1}",
                compound=code,
                building=f"{building + 1}号楼",
                name=f"{entrance + 1}单元",
                households=households // many,
                zone=f"{code}-Z{zone_of(near, groups, zones)}",
                stairwell=None if group is None else f"{code}-S{group + 1}",
            )


def zone_of(group: int, groups: int, zones: int) -> int:
    """The number of the zone to which a compound's stairwell group belongs: neighbours share one."""
    return group * zones // groups + 1


def _cover(groups: int, of_two: int, entrances: int) -> list[int | None]:
    """For each entrance the number of its group: three each, two in the last *of_two*, none for those left over."""
    cover: list[int | None] = []
    for group in range(groups):
        cover += [group] * (2 if group >= groups - of_two else 3)
    return cover + [None] * (entrances - len(cover))


def records() -> list[dict]:
    """Compounds, buildings and entrances as rows of the workbook."""
    rows: dict[str, dict] = {}
    for code, name, _, _, households, *_ in COMPOUNDS:
        rows[code] = {"code": code, "kind": "compound", "name": name, "parent": None, "households": households}
    for entrance in entrances():
        building = entrance.code.rpartition("-")[0]
        above = rows.setdefault(
            building,
            {
                "code": building,
                "kind": "building",
                "name": entrance.building,
                "parent": entrance.compound,
                "households": 0,
            },
        )
        above["households"] += entrance.households
        rows[entrance.code] = {
            "code": entrance.code,
            "kind": "entrance",
            "name": entrance.name,
            "parent": building,
            "households": entrance.households,
        }
    return sorted(rows.values(), key=lambda row: row["code"])
