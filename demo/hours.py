"""A work day that is just over: who was there has the hours in their account; two clerks put others right."""

import time
from datetime import UTC, date, datetime, timedelta

from demo.company import Company
from demo.desk import fixed_id

TITLE = "楼道清理义务劳动"
LEADER, VOLUNTEER = "郭建国", "苏红梅"
#: Nothing can be posted that has begun, so it begins while the rest is loaded.
SOON = timedelta(seconds=20)
MINUTES = 90
TICKED = 6  # by the leader; the others signed on paper


def begin(company: Company) -> dict:
    """Post it, with those who go."""
    found = [one for one in company.secretary.items("/events/activities", q=TITLE) if one["title"] == TITLE]
    return found[0] if found else _posted(company)


def finish(company: Company, activity: dict, today: date) -> None:
    """Take down who was there, on a phone and from paper, and that it is over."""
    desk, path = company.secretary, f"/events/activities/{activity['id']}"
    people = [company.ids[LEADER], company.ids[VOLUNTEER], *_hands(company)]
    there = [_mark(activity, person_id) for person_id in people[:TICKED]]
    desk.put("/events/attendance/uploads", {"device_id": "demo", "items": there})
    sheet = desk.post(f"{path}/sheets", key="sheet")
    signed = [{"n": row["n"], "check": row["check"]} for row in sheet["rows"] if row["name"] and not row["present"]]
    if signed:
        desk.post(f"/events/sheets/{sheet['number']}/rows", {"rows": signed}, key="sheet rows")
    while (left := _seconds_to(activity)) > 0:
        time.sleep(min(left, 0.5))
    desk.post(f"{path}/finish", {"minutes": MINUTES})
    for name, minutes, note in ((VOLUNTEER, 120, "上月两次值守没有登记"), ("王金凤", 60, "帮邻居送餐，组长证明")):
        body = {"on": (today - timedelta(days=12)).isoformat(), "minutes": minutes, "note": note}
        desk.post(f"/members/people/{company.ids[name]}/hours", body, key=f"hours {name}")


def _posted(company: Company) -> dict:
    desk, starts = company.secretary, datetime.now(UTC) + SOON
    body = {
        "unit": "U01",
        "title": TITLE,
        "kind": "work_day",
        "form": "on_site",
        "place": "体院家属院",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(minutes=MINUTES)).isoformat(),
        "capacity": 20,
        "audience": {"zones": ["C1"]},
        "sign_up": {"parts": [{"code": "leader", "most": 1}]},
        "submit": True,
    }
    activity = desk.post("/events/activities", body, key=f"activity {TITLE}")
    path = f"/events/activities/{activity['id']}/sign-ups"
    desk.put(f"{path}/{company.ids[LEADER]}", {"part": "leader"})
    for person_id in (company.ids[VOLUNTEER], *_hands(company)):
        desk.put(f"{path}/{person_id}")
    return activity


def _hands(company: Company) -> list[str]:
    return company.living_in("C1", 8)


def _mark(activity: dict, person_id: str) -> dict:
    mark = {"id": fixed_id(f"mark {person_id}"), "activity_id": activity["id"], "person_id": person_id}
    return {**mark, "source": "leader"}


def _seconds_to(activity: dict) -> float:
    return (datetime.fromisoformat(activity["starts_at"]) - datetime.now(UTC)).total_seconds()
