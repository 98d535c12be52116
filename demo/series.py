"""Five series for a dozen weeks, posted by their units, published by the clerk; and who has a standing place."""

from datetime import date, timedelta
from typing import Any

from demo.company import Company
from demo.desk import Desk

WEEKS = 12
EVERYONE = {"everyone": True}
SUMMER = {"from": "05-01", "until": "10-14"}
SERIES: tuple[dict[str, Any], ...] = (
    {"unit": "U02", "title": "操场晚练：太极拳", "kind": "sport", "place": "体工二大队操场", "capacity": 80,
     "rule": "FREQ=WEEKLY;BYDAY=TU,TH,SA", "start_time": "18:30", "minutes": 60,
     "seasons": [{**SUMMER, "start_time": "20:00", "minutes": 60}]},
    {"unit": "U04", "title": "四点半课堂", "kind": "service", "place": "晨光小学", "capacity": 30, "days": "working",
     "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "start_time": "16:00", "minutes": 90,
     "sign_up": {"guardian_under": 14, "questions": [{"id": "fetch", "text": "放学后谁来接？", "kind": "text"}]}},
    {"unit": "U03", "title": "书画社周末创作", "kind": "culture", "place": "文化馆", "capacity": 18,
     "rule": "FREQ=WEEKLY;BYDAY=SA", "start_time": "14:00", "minutes": 120},
    {"unit": "U06", "title": "健康小屋量血压", "kind": "service", "place": "卫生服务站健康小屋", "capacity": 30,
     "rule": "FREQ=MONTHLY;BYDAY=1TU,3TU", "start_time": "09:00", "minutes": 120, "days": "no_holidays"},
    {"unit": "U13", "title": "邻里调解接待日", "kind": "service", "place": "党群会客厅", "capacity": 12,
     "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "start_time": "10:00", "minutes": 90, "days": "working"},
)  # fmt: skip


def load(company: Company, keys: dict[str, str], today: date) -> list[dict]:
    """The series, published, as they are listed above."""
    desk = company.secretary
    found = [_series(desk, Desk(desk.url, keys[plan["unit"]]), plan, today) for plan in SERIES]
    evening = f"/events/series/{found[0]['id']}/standing-place"
    company.signed_in["刘静"].put(evening, {"buddy_id": company.ids["苏红梅"]})
    company.signed_in["王改梅"].put(f"/events/series/{found[2]['id']}/standing-place")
    return found


def _series(clerk: Desk, unit: Desk, plan: dict, today: date) -> dict:
    facts = {name: value for name, value in plan.items() if name != "unit"}
    when = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(weeks=WEEKS)).isoformat()}
    body = {**facts, **when, "audience": EVERYONE, "submit": True}
    posted = unit.make("/events/series", body, key=f"series {plan['title']}")
    if posted["state"] != "submitted":
        return posted
    return clerk.post(f"/events/series/{posted['id']}/publish", version=posted["version"])
