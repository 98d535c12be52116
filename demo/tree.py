"""The organisation tree: the vertical line from the branch to the stairwells, the horizontal one from unit to team."""

from collections.abc import Iterable, Iterator
from datetime import date

from demo.people import GROUPS, SNOW_TEAM, Member, members
from demo.places import COMPOUNDS, entrances, zone_of
from demo.units import UNITS

FOUNDED = date(2012, 10, 1)  # of the joint committee: a view of 31 October 2012 shows it
JOINED_LATER = {"C9": date(2015, 9, 1)}  # built in 2015
BRANCH, COMMITTEE = "B1", "L1"


def records() -> list[dict]:
    rows = [*_vertical(), *_horizontal()]
    parents = {row["code"]: row["parent"] for row in rows}
    return sorted(rows, key=lambda row: _path(row["code"], parents))


def liaisons() -> dict[str, tuple[Member, Member]]:
    """For each unit its liaison officer and the deputy."""
    found = {}
    for code, *_ in UNITS:
        able = [member for member in members() if member.unit == code and member.category == "in_service"]
        able.sort(key=lambda member: (member.role != "liaison", member.role == "secretary", member.number))
        found[code] = (able[0], able[1])
    return found


def _vertical() -> Iterator[dict]:
    heads = Heads()
    yield _node(BRANCH, "vertical", "branch", "三顺店社区党支部", None, unit="U01", leader=members()[0].number)
    for compound in COMPOUNDS:
        yield from (
            node | {"valid_from": JOINED_LATER.get(compound[0], FOUNDED)} for node in _compound(compound, heads)
        )


def _compound(compound: tuple, heads: "Heads") -> Iterator[dict]:
    """A compound's group, its zones, and the stairwell groups in these."""
    code, name, _, _, _, zones, groups, _ = compound
    doors = [door for door in entrances() if door.compound == code]
    posts = {"leader": heads.pick("compound", code), "deputy": heads.pick("compound", code)}
    yield _node(f"{code}-G", "vertical", "compound_group", f"{name}党小组", BRANCH, places=(code,), **posts)
    for number in range(1, zones + 1):
        zone = f"{code}-Z{number}"
        covered = sorted(door.code for door in doors if door.zone == zone)
        leader = heads.pick("zone", zone)
        title = f"{name}第{number}责任区"
        yield _node(zone, "vertical", "zone", title, f"{code}-G", places=covered, leader=leader)
    for number in range(groups):
        group, zone = f"{code}-S{number + 1}", f"{code}-Z{zone_of(number, groups, zones)}"
        covered = sorted(door.code for door in doors if door.stairwell == group)
        leader = heads.pick("stairwell", group)
        title = f"{name}楼道{number + 1}组"
        yield _node(group, "vertical", "stairwell_group", title, zone, places=covered, leader=leader)


def _horizontal() -> Iterator[dict]:
    head = members()[0].number
    yield _node(COMMITTEE, "horizontal", "liaison_committee", "社区共建联系委员会", None, leader=head)
    for code, name, *_ in UNITS:
        officer, deputy = (member.number for member in liaisons()[code])
        yield _node(f"{code}-P", "horizontal", "unit", name, COMMITTEE, unit=code, leader=officer, deputy=deputy)
    for number, (code, name, _, _, team) in enumerate(GROUPS, start=1):
        yield _node(code, "horizontal", "activity_group", name, COMMITTEE, leader=_first_of(code))
        active = f"W{number}"
        yield _node(active, "horizontal", "volunteer_team", team, code, leader=_first_of(active))
    code, name, _ = SNOW_TEAM
    yield _node(code, "horizontal", "volunteer_team", name, COMMITTEE, leader=_first_of(code))


def _first_of(group: str) -> str:
    return next(member.number for member in members() if group in member.groups)


class Heads:
    """Members who can still take a post; one post each."""

    def __init__(self) -> None:
        self.free = [member for member in members() if member.home and member.role is None]

    def pick(self, area: str, code: str) -> str | None:
        """Somebody who lives in this compound, zone or stairwell."""
        for member in self.free:
            if getattr(member.home, area) == code:
                self.free.remove(member)
                return member.number
        return None


def _node(
    code: str, line: str, kind: str, name: str, parent: str | None, *, unit: str | None = None,
    places: Iterable[str] = (), leader: str | None = None, deputy: str | None = None,
) -> dict:  # fmt: skip
    return {
        "code": code,
        "line": line,
        "kind": kind,
        "name": name,
        "parent": parent,
        "unit": unit,
        "places": tuple(places),
        "leader": leader,
        "deputy": deputy,
        "valid_from": FOUNDED,
        "valid_until": None,
    }


def _path(code: str, parents: dict[str, str | None]) -> list[str]:
    above = parents[code]
    return [*(_path(above, parents) if above else []), code]
