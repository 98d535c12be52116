"""A term of the lecture hall, work days, shows: posted by the units with their own keys, published by the clerk."""

from datetime import date, time, timedelta

from demo.days import times
from demo.desk import Desk

EVERYONE = {"everyone": True}
ACTIVITIES = (
    # unit, title, kind, form, place, days from today, from, hours, capacity, audience
    ("U02", "操场晚间健身操", "sport", "on_site", "体工二大队操场", 1, time(17, 30), 1.5, 80, EVERYONE),
    ("U12", "反诈防骗：陌生来电怎么办", "lecture", "classroom", "社区大讲堂", 2, time(9, 30), 1.5, 60, EVERYONE),
    ("U06", "高血压管理与用药安全", "lecture", "classroom", "卫生服务站健康小屋", 3, time(9, 0), 1, 30, EVERYONE),
    ("U09", "冬季一氧化碳中毒预防", "lecture", "classroom", "社区大讲堂", 4, time(15, 0), 1, 60, EVERYONE),
    ("U01", "清雪义务劳动", "work_day", "on_site", "顺店北院", 5, time(8, 30), 2, 25, {"zones": ["C4", "C5"]}),
    ("U03", "书画社冬季写生展", "show", "on_site", "文化馆小剧场", 6, time(14, 0), 2, 160, EVERYONE),
    ("U04", "四点半课堂志愿辅导", "service", "on_site", "晨光小学", 7, time(16, 0), 1.5, 12, {"skills": ["teaching"]}),
    ("U07", "巡逻队员培训", "party_day", "classroom", "党群会客厅", 8, time(19, 0), 1, 12, EVERYONE),
    ("U13", "邻里调解小课堂", "lecture", "classroom", "党群会客厅", 9, time(10, 0), 1, 12, EVERYONE),
    ("U08", "供热站参观", "culture", "outing", "公交车队大院集合", 10, time(9, 0), 3, 40, EVERYONE),
    ("U05", "亲子绘本与玩具交换", "service", "on_site", "青禾幼儿园", 11, time(15, 30), 1.5, 30, EVERYONE),
    ("U10", "危墙安全讲解", "lecture", "outing", "顺店北院", 12, time(10, 0), 1, 20, {"zones": ["C4"]}),
    ("U03", "二人台排练开放日", "culture", "on_site", "文化馆小剧场", 13, time(15, 0), 2, 100, EVERYONE),
    ("U11", "便民集市", "service", "on_site", "利民市场", 13, time(9, 0), 3, None, EVERYONE),
)


def load(desk: Desk, keys: dict[str, str], today: date) -> None:
    """Post and publish the activities, and leave one with the clerk."""
    for entry in ACTIVITIES:
        _post(desk, Desk(desk.url, keys[entry[0]]), entry, today)
    waiting = ("U02", "少年篮球公益课", "sport", "on_site", "体工二大队操场", 9, time(9, 0), 2, 24, {"zones": ["C1"]})
    _post(None, Desk(desk.url, keys["U02"]), waiting, today)


def _post(clerk: Desk | None, unit: Desk, entry: tuple, today: date) -> None:
    code, title, kind, form, place, days, begins, hours, capacity, audience = entry
    body = {
        "title": title,
        "kind": kind,
        "form": form,
        "place": place,
        **times(today + timedelta(days=days), f"{begins:%H:%M}", int(hours * 60)),
        "audience": audience,
        "submit": True,
    } | ({"capacity": capacity} if capacity else {})
    posted = unit.make("/events/activities", body, key=f"activity {code} {title}")
    if clerk and posted["state"] == "submitted":
        clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"], key=f"publish {title}")
