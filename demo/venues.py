"""Nine venues with their seasons and stewards, a closure to come, and who has booked what."""

from datetime import date, timedelta
from typing import Any

from demo.company import Company
from demo.days import at, is_summer, next_on, times
from demo.desk import Desk

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
BY_BOOKING = {"walk_in": False, "bookable": True}
VENUES: tuple[tuple[Any, ...], ...] = (
    # code, unit, name, kind, compound, address, facts
    ("V1", "U02", "体工二大队操场", "ground", "C1", "体院家属院东侧", {
        "capacity": 300, "step_free": "yes", "stewards_needed": 2, "bookable": True,
        "rules": "21:30 熄灯。请勿携犬入内。气温低于 -20 ℃ 或空气质量指数超过 200 时关闭。"}),
    ("V2", "U03", "文化馆电子阅览室", "reading_room", None, "文化馆二楼", {
        "capacity": 24, "seats": 24, "step_free": "partly", "access_note": "有电梯，入口有两级台阶，按铃有人来扶。",
        "rules": "请保持安静。18:00 以后未成年人由家长陪同。"}),
    ("V3", "U03", "文化馆小剧场", "hall", None, "文化馆一楼", {
        **BY_BOOKING, "capacity": 160, "seats": 160, "step_free": "yes", "rules": "音响台由文化馆操作。"}),
    ("V4", "U01", "社区大讲堂", "hall", "C3", "社区居委会一楼", {
        **BY_BOOKING, "capacity": 60, "seats": 60, "step_free": "yes", "access_note": "门口有坡道。",
        "needs_approval": False}),
    ("V5", "U04", "晨光小学操场与礼堂", "hall", "C9", "晨光小学", {
        **BY_BOOKING, "capacity": 220, "step_free": "partly", "rules": "校园内禁止吸烟。"}),
    ("V6", "U06", "卫生服务站健康小屋", "room", "C7", "卫生服务站", {
        "capacity": 30, "step_free": "yes", "rules": "可以自己量血压、测血糖，有人指导。"}),
    ("V7", "U09", "供热站暖心屋", "warm_room", "C3", "供热站门房旁", {
        "capacity": 30, "step_free": "yes", "rules": "有热水，有座位，可以充电。"}),
    ("V8", "U08", "公交车队大院", "yard", "C5", "公交车队", {
        **BY_BOOKING, "capacity": 400, "step_free": "yes", "rules": "适合集市和演练，车辆出入口请留空。"}),
    ("V9", "U01", "党群会客厅", "room", "C3", "社区居委会二楼", {
        **BY_BOOKING, "capacity": 12, "seats": 12, "step_free": "no", "needs_approval": False}),
)  # fmt: skip


def load(company: Company, today: date) -> dict[str, dict]:
    """Put the venues in place; return them by code."""
    desk = company.secretary
    found = {code: _venue(company, *facts, code=code) for code, *facts in VENUES}
    for code, rules in _rules().items():
        _hours(desk, found[code], rules, [])
    _hours(desk, found["V7"], [], _other_days(today))
    _roster(company, found["V1"], today)
    _close(desk, found["V3"], today)
    return found


def _venue(
    company: Company, unit: str, name: str, kind: str, place: str | None, address: str, facts: dict, *, code: str
) -> dict:
    people = company.of(unit, 4)
    body = {"code": code, "unit": unit, "name": name, "kind": kind, "place_code": place, "address": address}
    who = {"key_holder_id": people[0], "stewards": people}
    return company.secretary.make("/events/venues", body | who | facts, key=f"venue {code}")


def _rules() -> dict[str, list[dict]]:
    """Their hours, by season, weekday and kind of day."""
    days = {"weekdays": EVERY_DAY}
    summer, winter = {"from": "05-01", "until": "10-14"}, {"from": "10-15", "until": "04-30"}
    help_desk, with_guardian = {"code": "help_desk"}, {"code": "minors_with_guardian", "from": "18:00"}
    return {
        "V1": [_rule("19:00-21:30", **days, season=summer), _rule("17:30-19:30", **days, season=winter)],
        "V2": [
            _rule("09:00-17:00", weekdays=[6, 7]),
            *(_rule(hours, weekdays=[2, 4], note=note) for hours, note in _with_help(help_desk)),
            _rule("09:00-20:00", weekdays=[3, 5], note=with_guardian),
        ],
        "V3": [_rule("09:00-21:00", **days)],
        "V4": [_rule("08:30-20:30", **days)],
        "V5": [_rule("08:00-18:00", **days, on="holiday")],
        "V6": [_rule(hours, **days, on="working") for hours in ("08:00-11:30", "14:00-17:00")],
        "V8": [_rule("09:00-16:00", weekdays=[6])],
        "V9": [_rule("09:00-21:00", **days)],
    }


def _with_help(help_desk: dict) -> list[tuple[str, dict | None]]:
    return [("09:00-09:30", None), ("09:30-11:00", help_desk), ("11:00-17:00", None)]


def _rule(hours: str, **more: Any) -> dict:
    opens, closes = hours.split("-")
    return {"opens": opens, "closes": closes, **more}


def _other_days(today: date) -> list[dict]:
    """The warm room has no hours of its own: it opens on days that are announced."""
    reason = "高温天气，开放纳凉" if is_summer(today) else "寒潮天气，开放取暖"
    days = (today + timedelta(days=n) for n in range(3))
    return [{"on": day.isoformat(), "opens": "08:00", "closes": "22:00", "reason": reason} for day in days]


def _hours(desk: Desk, venue: dict, rules: list[dict], exceptions: list[dict]) -> None:
    if venue["version"] == 1:
        path = f"/events/venues/{venue['id']}/hours"
        desk.put(path, {"rules": rules, "exceptions": exceptions}, version=1)


def _roster(company: Company, ground: dict, today: date) -> None:
    """Two stewards each evening of a fortnight; on the last days one is still missing."""
    people = company.of("U02", 4)
    days = [
        {"on": (today + timedelta(days=n)).isoformat(), "person_ids": people[n % 2 * 2 :][: 2 if n < 11 else 1]}
        for n in range(14)
    ]
    company.secretary.put(f"/events/venues/{ground['id']}/stewards", {"days": days})


def _close(desk: Desk, theatre: dict, today: date) -> None:
    """Works that are announced."""
    path, monday = f"/events/venues/{theatre['id']}/closures", next_on(today, 1, weeks=3)
    when = {"from": at(monday, "08:00"), "until": at(monday + timedelta(days=2), "18:00")}
    desk.post(path, {"kind": "works", "reason": "舞台音响检修", **when}, key=f"works {monday}")


def book(company: Company, venues: dict[str, dict], today: date) -> None:
    """The community's own dates stand at once; what others ask for, whoever runs the venue decides."""
    desk, teacher, doctor = company.secretary, company.officer("U04"), company.officer("U06")
    heating, shops, neighbour = company.officer("U09"), company.officer("U11"), company.signed_in["刘静"]
    weekly = {"repeat": {"rule": "FREQ=WEEKLY", "until": (today + timedelta(weeks=10)).isoformat()}}
    saturday, sunday = next_on(today, 6), next_on(today, 7)
    _book(desk, venues["V9"], "联席会议", next_on(today, 5), "15:00", 90, people=12, unit="U01")
    _book(desk, venues["V9"], "邻里调解", next_on(today, 2), "10:00", 60, people=6, unit="U13")
    _book(desk, venues["V4"], "党员学习日", next_on(today, 3), "16:00", 90, people=50, unit="U01", **weekly)
    _book(desk, venues["V3"], "合唱队排练", next_on(today, 4), "18:30", 120, people=34, unit="U03", **weekly)
    _book(desk, venues["V3"], "舞台维护", sunday, "09:00", 180, kind="block")
    _book(teacher, venues["V3"], "新年音乐会彩排", next_on(today, 6, weeks=1), "14:00", 180, people=120, unit="U04")
    _book(doctor, venues["V4"], "健康讲座与义诊", next_on(today, 1, weeks=1), "09:00", 120, people=60, unit="U06")
    _book(doctor, venues["V5"], "急救技能练习", next_on(today, 7, weeks=1), "09:00", 120, people=80, unit="U06")
    _book(heating, venues["V8"], "管道抢修演练", saturday, "09:00", 180, people=40, unit="U09")
    _book(shops, venues["V8"], "便民集市", next_on(today, 6, weeks=1), "09:00", 360, people=200, unit="U11")
    _book(neighbour, venues["V9"], "读书小组", next_on(today, 4), "19:00", 90, people=10, **weekly)
    _book(neighbour, venues["V9"], "家庭影像分享", sunday, "15:00", 90, people=8)
    ask = next_on(today, 4, weeks=1)  # the choir has the theatre then
    _book(company.signed_in["吴艳霞"], venues["V3"], "社区故事会", ask, "18:30", 90, people=40, on_conflict="wait")
    rehearsal = next_on(today, 2, weeks=1)
    ground = "19:00" if is_summer(rehearsal) else "17:30"
    _book(company.signed_in["王改梅"], venues["V1"], "邻里拔河赛", rehearsal, ground, 60, people=60)


def _book(desk: Desk, venue: dict, title: str, day: date, begins: str, minutes: int, **more: Any) -> None:
    body = {"venue_id": venue["id"], "title": title, **times(day, begins, minutes)}
    body |= {"on_conflict": "skip"} if "repeat" in more else {}
    desk.post("/events/bookings", body | more, key=f"booking {title}")
