"""Four troupes with their rosters and pieces, and where they are asked to play."""

from datetime import date
from typing import Any

from demo.company import Company
from demo.days import next_on, times
from demo.desk import Desk

TROUPES: tuple[dict[str, Any], ...] = (
    {"name": "夕阳红健身操队", "discipline": "exercise", "unit": None, "group": "I3", "size": 26,
     "rehearsals": [(2, "18:00", 60, "体工二大队操场"), (5, "18:00", 60, "体工二大队操场")],
     "repertoire": [("佳木斯健身操", 12), ("太极扇", 8), ("草原晨曲", 6)]},
    {"name": "墨香书画社", "discipline": "calligraphy", "unit": "U03", "group": "I2", "size": 18,
     "rehearsals": [(6, "14:00", 120, "文化馆")], "repertoire": [("春联义写", 90), ("扇面小品展", None)]},
    {"name": "三顺二人台社", "discipline": "errentai", "unit": "U03", "group": "I4", "size": 12,
     "rehearsals": [(7, "15:00", 120, "文化馆小剧场")],
     "repertoire": [("走西口", 25), ("五哥放羊", 12), ("挂红灯", 10), ("打金钱", 15)]},
    {"name": "青城合唱队", "discipline": "choir", "unit": "U03", "group": None, "size": 34,
     "rehearsals": [(4, "18:30", 120, "文化馆小剧场")],
     "repertoire": [("黄河大合唱选段", 18), ("敕勒歌", 5), ("茉莉花", 4)]},
)  # fmt: skip
PARTS = {"choir": ("高声部", "中声部", "低声部"), "errentai": ("唱", "四胡", "扬琴", "枚"), "exercise": ("领操", "")}
HOUR, PIECE = ("weekday", "start_time", "minutes", "place"), ("title", "minutes")
INVITED = (
    # troupe, unit, title, place, weeks ahead, answer, reason
    ("三顺二人台社", "U08", "车队新年联欢", "公交车队食堂", 2, "accept", None),
    ("青城合唱队", "U04", "校园艺术节", "晨光小学礼堂", 3, "accept", None),
    ("墨香书画社", "U12", "春联进银行", "银行营业厅", 3, "decline", "那天社里有集体写生，换一天可以再约。"),
    ("夕阳红健身操队", "U02", "运动会开场", "体工二大队操场", 1, None, None),
)


def load(company: Company, today: date) -> list[dict]:
    """The troupes; of the invitations one is not answered yet."""
    found = {plan["name"]: _troupe(company, plan) for plan in TROUPES}
    for name, unit, title, place, weeks, answer, why in INVITED:
        when = times(next_on(today, 6, weeks=weeks), "10:00", 120)
        body = {"unit": unit, "title": title, "place": place, **when}
        _invite(company.secretary, found[name], body, answer, {"reason": why} if why else None)
    return list(found.values())


def _troupe(company: Company, plan: dict[str, Any]) -> dict:
    desk, people = company.secretary, _people(company, plan["group"], plan["size"])
    body = {name: plan[name] for name in ("name", "discipline", "unit")} | {"leader_id": people[0]}
    body["rehearsals"] = [dict(zip(HOUR, one, strict=True)) for one in plan["rehearsals"]]
    body["repertoire"] = [dict(zip(PIECE, one, strict=True)) for one in plan["repertoire"]]
    troupe = desk.make("/events/troupes", body, key=f"troupe {plan['name']}")
    parts = PARTS.get(plan["discipline"], ("",))
    for place, person_id in enumerate(people[1:] if troupe["size"] < plan["size"] else ()):
        joining = {"person_id": person_id, "part": parts[place % len(parts)]}
        desk.post(f"/events/troupes/{troupe['id']}/roster", joining, key=f"roster {plan['name']} {place}")
    return troupe


def _people(company: Company, group: str | None, size: int) -> list[str]:
    """First those who are in the group of the same interest, then neighbours."""
    liking = company.group(group, size) if group else []
    neighbours = [person_id for person_id in company.living_in("C6", 100) if person_id not in liking]
    return [*liking, *neighbours][:size]


def _invite(desk: Desk, troupe: dict, body: dict, answer: str | None, why: dict | None) -> None:
    made = desk.post(f"/events/troupes/{troupe['id']}/invitations", body, key=f"invitation {body['title']}")
    state = next(one["state"] for one in desk.items("/events/invitations") if one["id"] == made["id"])
    if answer and state == "asked":
        desk.post(f"/events/invitations/{made['id']}/{answer}", why)
