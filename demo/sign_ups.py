"""Two activities with rules for who signs up, more people than seats, and a seat on offer to who waits first."""

import random
from datetime import date, timedelta
from typing import Any

from demo import people
from demo.company import Company
from demo.days import times
from demo.desk import Desk
from demo.names import invented

EVERYONE = {"everyone": True}
COURSE = {
    "unit": "U12",
    "title": "手机课：视频通话与防诈",
    "kind": "lecture",
    "form": "classroom",
    "place": "银行二楼活动室",
    "capacity": 12,
    "summary": "请带上自己的手机。第一次来的邻居优先。",
    "sign_up": {
        "newcomers_first": True,
        "quotas": [{"by": "zone", "of": ["C1", "C2"], "seats": 6}],
        "questions": [
            {"id": "phone", "text": "用的是哪种手机？", "kind": "choice", "choices": ["安卓", "苹果", "不清楚"]},
        ],
    },
}
STOPS = ("公交新村", "体院东门")
OUTING = {
    "unit": "U08",
    "title": "冰雪公园一日行",
    "kind": "culture",
    "form": "outing",
    "place": "公交车队大院集合",
    "capacity": 20,
    "summary": "十四岁以下由家长陪同并登记。",
    "sign_up": {
        "party_most": 3,
        "guardian_under": 14,
        "closes_minutes_before": 1440,
        "questions": [
            {"id": "stop", "text": "在哪里上车？", "kind": "choice", "choices": [*STOPS], "required": True},
        ],
        "parts": [
            {"code": "driver", "most": 2, "needs": ["driving"]},
            {"code": "first_aider", "most": 1, "needs": ["first_aid"]},
            {"code": "photographer", "most": 1},
        ],
    },
}
WAITING, PARTIES = 4, 7


def load(company: Company, today: date) -> None:
    desk = company.secretary
    course = _posted(desk, COURSE, times(today + timedelta(days=12), "10:00", 90))
    outing = _posted(desk, OUTING, times(today + timedelta(days=16), "08:30", 420))
    if not course["going_count"]:
        _fill(company, course)
    if not outing["going_count"]:
        _board(company, outing)


def _posted(desk: Desk, plan: dict[str, Any], when: dict[str, str]) -> dict:
    body = {**plan, **when, "audience": EVERYONE, "submit": True}
    posted = desk.make("/events/activities", body, key=f"activity {plan['title']}")
    if posted["state"] != "submitted":
        return posted
    return desk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])


def _fill(company: Company, course: dict) -> None:
    """All seats, then some who wait; one gives theirs back, and it is held for who waits first."""
    path, seats = f"/events/activities/{course['id']}/sign-ups", course["capacity"]
    neighbours = [one for compound in ("C5", "C6", "C7", "C8") for one in company.living_in(compound, 4)]
    for person_id in neighbours[:seats]:
        company.secretary.put(f"{path}/{person_id}", {"by": "phone"})
    company.signed_in["刘静"].put(f"/events/activities/{course['id']}/sign-up", {"answers": {"phone": "安卓"}})
    for person_id in neighbours[seats : seats + WAITING - 1]:
        company.secretary.put(f"{path}/{person_id}", {"by": "phone"})
    company.secretary.delete(f"{path}/{neighbours[0]}")


def _board(company: Company, outing: dict) -> None:
    """Helpers by what they can, families with company, a child whose grandmother called the desk."""
    desk, path = company.secretary, f"/events/activities/{outing['id']}"
    stop = {"answers": {"stop": STOPS[0]}}
    helpers = {"driver": company.able("driving", 2), "first_aider": company.able("first_aid", 1)}
    for part, ids in helpers.items():
        for person_id in ids:
            desk.put(f"{path}/sign-ups/{person_id}", {"part": part, "birth_year": 1982, **stop})
    for size, person_id in enumerate(company.living_in("C9", PARTIES)):
        party = {"party_size": size % 3 + 1, "birth_year": 1950 + size, **stop}
        desk.put(f"{path}/sign-ups/{person_id}", party)
    names = invented(random.Random(people.SEED + 2), {member.name for member in people.members()})
    guardian = {"name": next(names), "phone": "10000009001", "birth_year": 1958}
    child = {"name": next(names), "phone": "10000009001", "birth_year": 2017, "guardian": guardian, **stop}
    desk.post(f"{path}/guests", child, key="guest child")
    own = {"birth_year": 1963, "answers": {"stop": STOPS[1]}}
    company.signed_in["吴艳霞"].put(f"{path}/sign-up", own)
