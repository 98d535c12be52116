"""Six squads, 28 checkpoints, and eight weeks of shifts around today."""

import random
from datetime import date, datetime, time, timedelta

from demo.days import SHANGHAI, at
from demo.desk import Desk, fixed_id

SQUADS = (
    # code, name, leader, weekdays (Monday is 0), from, until
    ("Q1", "晨曦队", None, (0, 1, 2, 3, 4), time(7, 20), time(8, 10)),
    ("Q2", "放学队", None, (0, 1, 2, 3, 4), time(16, 0), time(17, 40)),
    ("Q3", "夜安一队", "郭建国", (0, 2, 4, 6), time(18, 30), time(20, 30)),
    ("Q4", "夜安二队", None, (1, 3, 5), time(18, 30), time(20, 30)),
    ("Q5", "市场队", None, (5, 6), time(9, 0), time(11, 0)),
    ("Q6", "冬防队", None, (0, 1, 2, 3, 4, 5, 6), time(20, 30), time(22, 0)),
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
WEEKS_BACK, WEEKS_AHEAD = 0, 2


def load(desk: Desk, people: list[dict], chance: random.Random, today: date) -> dict[str, list[str]]:
    """Put squads, checkpoints and shifts in place; return the squads' members by squad code."""
    for number, name in enumerate(CHECKPOINTS, start=1):
        desk.put(f"/patrol/checkpoints/{_checkpoint(number - 1)}", _checkpoint_facts(number, name))
    volunteers = _volunteers(people, chance)
    crews = {code: volunteers[n * 15 : n * 15 + 15] for n, (code, *_) in enumerate(SQUADS)}
    _put_first(crews["Q3"], people, "郭建国", "苏红梅")
    for code, name, *_ in SQUADS:
        desk.put(f"/patrol/squads/{fixed_id(name)}", _squad_facts(code, name, crews[code]))
    for code, name, _leader, weekdays, begins, ends in SQUADS:
        _shifts(desk, (code, name), crews[code], weekdays, (begins, ends), today)
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
    pool = [person for person in people if person["name"] not in ("郭建国", "苏红梅", "白桂芳", "赵启明")]
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


def _shifts(desk: Desk, squad, crew: list[str], weekdays, hours, today: date) -> None:
    code, name = squad
    monday = today - timedelta(days=today.weekday()) - timedelta(weeks=WEEKS_BACK)
    for day_number in range(7 * (WEEKS_BACK + WEEKS_AHEAD)):
        day = monday + timedelta(days=day_number)
        if day.weekday() not in weekdays or datetime.combine(day, hours[1], SHANGHAI) <= datetime.now(SHANGHAI):
            continue
        first = (day.toordinal() * 3) % 12
        on_shift = [crew[0], *crew[1 + first : 4 + first]] if first else crew[:4]
        body = {
            "squad_id": fixed_id(name),
            "starts_at": at(day, f"{hours[0]:%H:%M}"),
            "ends_at": at(day, f"{hours[1]:%H:%M}"),
            "crew": on_shift,
        }
        desk.post("/patrol/shifts", body, key=f"shift {code} {day}")
