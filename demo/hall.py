"""A term of the lecture hall: topics with votes, a speaker bank, and 24 lectures planned, put right and published."""

from datetime import date, timedelta
from typing import Any

from demo.company import Company
from demo.days import next_on
from demo.desk import Desk

LECTURES = 24
TOPICS: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    # code, name, group, votes on paper, more
    ("fraud", "反诈防骗：陌生来电怎么办", "law", 96, {}),
    ("heirs", "民法典里的继承与婚姻", "law", 61, {}),
    ("contract", "劳动合同怎么签", "law", 34, {}),
    ("elders", "老年人权益保护", "law", 58, {}),
    ("stairs", "楼道公约怎么定", "manners", 41, {"needs_speaker": False}),
    ("pets", "文明养宠", "manners", 37, {}),
    ("sorting", "垃圾分类难在哪儿", "manners", 29, {}),
    ("pressure", "高血压管理", "health", 88, {}),
    ("cpr", "心肺复苏人人会", "health", 74, {}),
    ("carbon", "冬季一氧化碳中毒预防", "health", 66, {"months": [10, 11, 12, 1, 2, 3]}),
    ("drugs", "用药安全", "health", 70, {}),
    ("homework", "作业与手机", "family", 52, {}),
    ("teens", "青春期沟通", "family", 44, {}),
    ("grandparents", "隔代教养", "family", 47, {}),
    ("boilers", "供热站参观", "other", 33, {"form": "outing", "place": "公交车队大院集合", "needs_speaker": False}),
    ("fire", "消防体验", "other", 55, {"form": "outing", "place": "消防站门前集合", "needs_speaker": False}),
    ("garden", "植物园秋游", "other", 49,
     {"form": "outing", "place": "公交车队大院集合", "needs_speaker": False, "months": [9, 10]}),
    ("doors", "上门宣传防诈", "law", 25, {"form": "door_to_door", "place": "顺店北院", "needs_speaker": False}),
    ("gas", "上门看煤气安全", "health", 38, {"form": "door_to_door", "place": "公交新村", "needs_speaker": False}),
)  # fmt: skip
SPEAKERS: tuple[tuple[str, list[str], int, dict[str, Any]], ...] = (
    # unit, topics, lectures in a term at most, more
    ("U07", ["fraud", "elders"], 3, {"announced": True}),
    ("U12", ["fraud", "contract"], 3, {"announced": True}),
    ("U13", ["heirs", "elders", "teens"], 3, {"weekdays": [2, 4]}),
    ("U06", ["pressure", "drugs"], 4, {"announced": True}),
    ("U06", ["cpr", "carbon", "drugs"], 3, {}),
    ("U09", ["carbon"], 2, {"announced": True}),
    ("U05", ["grandparents", "homework"], 3, {"announced": True}),
    ("U04", ["homework", "teens"], 3, {}),
    ("U01", ["pets", "sorting"], 3, {"announced": True}),
    ("U10", ["sorting"], 1, {}),
)
WANTED = [
    {"weekday": 2, "start_time": "09:30", "minutes": 90},
    {"weekday": 4, "start_time": "15:00", "minutes": 90},
]
ROOMS = [{"name": "社区大讲堂", "capacity": 60}, {"name": "党群会客厅", "capacity": 12}]


def load(company: Company, today: date) -> dict:
    """Everything that a term needs, and the term as it was published."""
    desk = company.secretary
    for code, name, group, votes, more in TOPICS:
        _topic(desk, code, name, group, votes, more, today)
    for name, chosen in (("刘静", "drugs"), ("吴艳霞", "cpr"), ("王改梅", "fraud"), ("杨国庆", "pets")):
        company.signed_in[name].put(f"/events/topics/{chosen}/vote")
    for number, (unit, topics, most, more) in enumerate(SPEAKERS):
        _speaker(company, number, unit, {"topics": topics, "load_cap": most, **more})
    return _term(desk, today)


def _topic(desk: Desk, code: str, name: str, group: str, votes: int, more: dict, today: date) -> None:
    desk.post("/events/topics", {"code": code, "name": name, "group": group, **more}, key=f"topic {code}")
    desk.put(f"/events/topics/{code}/tally", {"on": today.isoformat(), "count": votes})


def _speaker(company: Company, number: int, unit: str, facts: dict) -> None:
    """One of the unit's members who agreed; of two of a unit, each another one."""
    person_id = company.of(unit, len(SPEAKERS))[number]
    body = {"person_id": person_id, "consent": "paper", **facts}
    company.secretary.post("/events/speakers", body, key=f"speaker {unit} {number}")


def _term(desk: Desk, today: date) -> dict:
    """Plan more weeks than are needed, since days off fall out; what comes after the last lecture stays empty."""
    monday = next_on(today, 1)
    name = f"三顺讲堂{'春季' if monday.month in (2, 3, 4, 5, 6, 7) else '秋冬'}学期"
    body: dict[str, Any] = {
        "name": name,
        "starts_on": monday.isoformat(),
        "ends_on": (monday + timedelta(weeks=16)).isoformat(),
    }
    body |= {"wanted": WANTED, "rooms": ROOMS, "capacity": 60, "repeats": 2, "unit": "U01"}
    term = desk.make("/events/terms", body, key="term")
    if term["state"] == "published":
        return term
    path = f"/events/terms/{term['id']}"
    term = desk.post(f"{path}/plan", version=term["version"])
    for slot in [slot for slot in term["slots"] if slot["topic"]][LECTURES:]:
        term = desk.put(f"{path}/slots", {"number": slot["number"]}, version=term["version"])
    return desk.post(f"{path}/publish", version=term["version"])
