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
CHECKPOINTS = (
    "体院东门", "体院北门", "体院操场", "建筑所门口", "建筑所后院", "供热站小区南门", "自行车棚", "供热站小区北门",
    "顺店北院正门", "顺店北院后巷", "顺店北院煤棚", "锅炉房", "公交新村一号楼", "公交新村花坛", "市场南口", "市场北口",
    "市场卸货区", "公交新村八号楼", "公交终点", "青禾园东门", "青禾园幼儿园", "惠民佳苑大门", "晨光小学门",
    "晨光里南门", "晨光里北门", "文化馆门前", "卫生服务站", "社区居委会",
)  # fmt: skip
ROUTES = {"Q1": (0, 21, 22, 23), "Q2": (19, 20, 21, 22, 24), "Q3": (0, 1, 2, 6, 5, 7), "Q4": (8, 9, 11, 12, 13, 18),
          "Q5": (14, 15, 16, 26), "Q6": (6, 10, 11, 3, 27)}  # fmt: skip
CENTRE = (40.8096, 111.6521)


def load(desk: Desk, people: list[dict], chance: random.Random, today: date) -> dict[str, list[str]]:
    """Put squads, checkpoints and shifts in place; return the squads' members by squad code."""
    for number, name in enumerate(CHECKPOINTS, start=1):
        desk.put(f"/patrol/checkpoints/{_checkpoint(number - 1)}", _checkpoint_facts(number, name))
    volunteers = _volunteers(people, chance)
    crews = {code: volunteers[n * 15 : n * 15 + 15] for n, (code, _) in enumerate(SQUADS)}
    _put_first(crews["Q3"], people, "郭建国", "苏红梅")
    for code, name in SQUADS:
        desk.put(f"/patrol/squads/{fixed_id(name)}", _squad_facts(code, name, crews[code]))
    roster.load(desk, people, crews, today)
    return crews


def _checkpoint(index: int) -> str:
    return fixed_id(f"checkpoint {index + 1}")


def _checkpoint_facts(number: int, name: str) -> dict:
    north, east = divmod(number - 1, 6)
    return {
        "code": f"P{number:02}",
        "number": 100 + number,
        "name": name,
        "lat": round(CENTRE[0] + (north - 2) * 0.0011, 6),
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
    route = [_checkpoint(index) for index in ROUTES[code]]
    return {"code": code, "name": name, "leader_id": crew[0], "members": members, "route": route}
