"""Six squads and 28 checkpoints; demo/roster.py makes their shifts."""

import random
from datetime import date

from demo import roster
from demo.desk import Desk, fixed_id

SQUADS = (
    ("Q1", "晨曦队"),
    ("Q2", "放学队"),
    ("Q3", "夜安一队"),
    ("Q4", "夜安二队"),
    ("Q5", "市场队"),
    ("Q6", "冬防队"),
)
#: Name, compound, and where it stands on the map: column from the west, row from the north.
PLACES = (
    ("体院东门", "C1", 0, 1), ("体院北门", "C1", 0, 0), ("体院操场", "C1", 1, 0),
    ("建筑所门口", "C2", 2, 1), ("建筑所后院", "C2", 2, 0), ("供热站小区南门", "C3", 1, 2),
    ("自行车棚", "C3", 1, 1), ("供热站小区北门", "C3", 0, 2), ("顺店北院正门", "C4", 3, 1),
    ("顺店北院后巷", "C4", 3, 0), ("顺店北院煤棚", "C4", 4, 0), ("锅炉房", "C4", 4, 1),
    ("公交新村一号楼", "C5", 5, 2), ("公交新村花坛", "C5", 4, 2), ("市场南口", "C8", 5, 3),
    ("市场北口", "C8", 3, 3), ("市场卸货区", "C8", 4, 3), ("公交新村八号楼", "C5", 5, 0),
    ("公交终点", "C5", 5, 1), ("青禾园东门", "C6", 1, 3), ("青禾园幼儿园", "C6", 0, 3),
    ("惠民佳苑大门", "C7", 0, 4), ("晨光小学门", "C9", 1, 4), ("晨光里南门", "C9", 3, 4),
    ("晨光里北门", "C9", 2, 4), ("文化馆门前", None, 3, 2), ("卫生服务站", None, 2, 3),
    ("社区居委会", None, 2, 2),
)  # fmt: skip
CHECKPOINTS = tuple(name for name, *_ in PLACES)
ROUTES = {"Q1": (0, 21, 22, 23), "Q2": (19, 20, 21, 22, 24), "Q3": (0, 1, 2, 6, 5, 7), "Q4": (8, 9, 11, 12, 13, 18),
          "Q5": (14, 15, 16, 26), "Q6": (6, 10, 11, 3, 27)}  # fmt: skip
CENTRE = (40.8096, 111.6521)


def load(desk: Desk, people: list[dict], chance: random.Random, today: date) -> dict[str, list[str]]:
    """Put squads, checkpoints and shifts in place; return the squads' members by squad code."""
    for number, place in enumerate(PLACES, start=1):
        desk.put(f"/patrol/checkpoints/{checkpoint_id(number - 1)}", _checkpoint_facts(number, *place))
    volunteers = _volunteers(people, chance)
    crews = {code: volunteers[n * 15 : n * 15 + 15] for n, (code, _) in enumerate(SQUADS)}
    _put_first(crews["Q3"], people, "郭建国", "苏红梅")
    for code, name in SQUADS:
        desk.put(f"/patrol/squads/{fixed_id(name)}", _squad_facts(code, name, crews[code]))
    roster.load(desk, people, crews, today)
    return crews


def checkpoint_id(index: int) -> str:
    return fixed_id(f"checkpoint {index + 1}")


def _checkpoint_facts(number: int, name: str, compound: str | None, east: int, south: int) -> dict:
    return {
        "code": f"P{number:02}",
        "number": 100 + number,
        "name": name,
        "zone": compound,
        "lat": round(CENTRE[0] - (south - 2) * 0.0011, 6),
        "lon": round(CENTRE[1] + (east - 2.5) * 0.0014, 6),
    }


def _volunteers(people: list[dict], chance: random.Random) -> list[str]:
    """Ninety members, mixed so that neighbours in the list come from different units."""
    pool = [person for person in people if person["name"] not in ("郭建国", "苏红梅", *roster.OTHERS)]
    chance.shuffle(pool)
    by_unit: dict[str, list[str]] = {}
    for person in pool:
        by_unit.setdefault(person["unit"]["code"], []).append(person["id"])
    mixed: list[str] = []
    while len(mixed) < 90:
        for members in by_unit.values():
            if members:
                mixed.append(members.pop())
    return mixed[:90]


def _put_first(crew: list[str], people: list[dict], *names: str) -> None:
    ids = [next(person["id"] for person in people if person["name"] == name) for name in names]
    crew[: len(ids)] = ids


def _squad_facts(code: str, name: str, crew: list[str]) -> dict:
    members = [{"person_id": person_id, "vest": f"{code}-{n:02}"} for n, person_id in enumerate(crew, start=1)]
    route = [checkpoint_id(index) for index in ROUTES[code]]
    return {"code": code, "name": name, "leader_id": crew[0], "members": members, "route": route}
