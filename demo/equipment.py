"""Fourteen things that units lend, and who has some of them; one loan is over its time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from demo.company import Company
from demo.days import next_on, times
from demo.desk import Desk

AT_ONCE = {"needs_approval": False}
EQUIPMENT: tuple[tuple[Any, ...], ...] = (
    # unit, name, kind, how many, where, facts
    ("U01", "折叠桌", "furniture", 20, "社区一楼储藏室，工作日 8:30–17:30", {"rules": "两个人抬，用完擦干净。"}),
    ("U01", "折叠椅", "furniture", 120, "社区一楼储藏室，工作日 8:30–17:30", {"rules": "十把一摞，别拖地。"}),
    ("U01", "雪铲", "tools", 30, "社区居委会门厅，全天", {**AT_ONCE, "longest_days": 3}),
    ("U01", "投影仪", "sound", 1, "社区大讲堂，找值班同志", {"longest_days": 2, "rules": "关机后等风扇停了再拔电源。"}),
    ("U02", "羽毛球拍", "other", 16, "体工二大队器材室，19:00–21:00", {**AT_ONCE, "longest_days": 7}),
    ("U02", "记分牌", "other", 2, "体工二大队器材室，19:00–21:00", {}),
    ("U03", "便携音响", "sound", 2, "文化馆器材间，周二至周日", {"longest_days": 3, "rules": "不要淋雨，还时充满电。"}),
    ("U03", "无线话筒", "sound", 4, "文化馆器材间，周二至周日", {"longest_days": 3}),
    ("U03", "二人台演出服", "costumes", 12, "文化馆服装间", {"longest_days": 14, "rules": "不要机洗，挂着还。"}),
    ("U03", "合唱礼服", "costumes", 40, "文化馆服装间", {"longest_days": 14}),
    ("U06", "轮椅", "other", 3, "卫生服务站大厅，全天", {**AT_ONCE, "longest_days": 30, "rules": "推之前先看刹车。"}),
    ("U08", "遮阳棚", "furniture", 6, "公交车队库房，工作日", {"rules": "四级以上的风不要撑。"}),
    ("U09", "推雪板", "tools", 8, "供热站库房，全天", {**AT_ONCE, "longest_days": 3}),
    ("U09", "电钻工具箱", "tools", 2, "供热站库房，工作日", {"longest_days": 3, "rules": "会用的人来借，戴护目镜。"}),
)  # fmt: skip
#: So soon it is over its time: nothing can be borrowed in the past.
SOON = timedelta(minutes=1)


def load(company: Company, today: date) -> dict[str, dict]:
    """What is lent, by name; then who asks for some, has some, should have brought some back."""
    lent = {name: _thing(company, unit, name, *more) for unit, name, *more in EQUIPMENT}
    known = {(loan["equipment"]["name"], loan["purpose"]) for loan in company.secretary.items("/events/loans")}
    for wanted in _wanted(company, today):
        if (wanted[1], wanted[3]) not in known:
            _borrow(company, lent, *wanted)
    return lent


def _thing(company: Company, unit: str, name: str, kind: str, count: int, kept_at: str, facts: dict) -> dict:
    body = {"unit": unit, "name": name, "kind": kind, "count": count, "kept_at": kept_at, "rules": "", **facts}
    body |= {"steward_id": company.of(unit, 1)[0]}
    return company.secretary.make("/events/equipment", body, key=f"equipment {name}")


def _wanted(company: Company, today: date) -> list[tuple]:
    """Who, what, how many, what for, from when for how many hours, and how far it is."""
    saturday, sunday = next_on(today, 6), next_on(today, 7)
    teacher, doctor, shops = company.officer("U04"), company.officer("U06"), company.officer("U11")
    return [
        (company.signed_in["刘静"], "折叠桌", 4, "楼院茶话会", times(saturday, "09:00", 480), "asked"),
        (shops, "遮阳棚", 4, "便民集市", times(next_on(today, 6, weeks=1), "08:00", 600), "asked"),
        (teacher, "便携音响", 1, "校园艺术节", times(next_on(today, 6, weeks=3), "08:00", 720), "approve"),
        (teacher, "无线话筒", 4, "校园艺术节", times(next_on(today, 6, weeks=3), "08:00", 720), "approve"),
        (doctor, "折叠椅", 40, "健康讲座与义诊", _now(hours=30), "out"),
        (company.signed_in["杨国庆"], "雪铲", 6, "楼前清雪", _now(hours=48), "out"),
        (company.signed_in["李玉梅"], "轮椅", 1, "送家人复诊", _now(hours=24 * 10), "out"),
        (company.signed_in["王改梅"], "羽毛球拍", 4, "邻里羽毛球", times(sunday, "19:00", 120), "approve"),
        (company.signed_in["吴艳霞"], "电钻工具箱", 1, "修单元门", {**_now(), "ends_at": _later(SOON)}, "out"),
        (company.signed_in["杨国庆"], "记分牌", 2, "棋牌比赛", _now(hours=20), "back"),
        (company.signed_in["刘静"], "二人台演出服", 12, "想整套借走排练", times(sunday, "14:00", 240), "refuse"),
    ]


def _borrow(
    company: Company, lent: dict[str, dict], who: Desk, name: str, count: int, purpose: str, when: dict, step: str
) -> None:
    desk, key = company.secretary, f"loan {name} {purpose}"
    wish = {"equipment_id": lent[name]["id"], "count": count, "purpose": purpose, **when}
    loan = who.post("/events/loans", wish, key=key)
    path = f"/events/loans/{loan['id']}"
    if step == "refuse":
        desk.post(f"{path}/refuse", {"reason": "社里那天要演出，演出服借不开，换个周末可以。"})
    elif step != "asked" and loan["state"] == "asked":
        desk.post(f"{path}/approve")
    if step in ("out", "back"):
        desk.post(f"{path}/out", {"count": count}, key=f"{key} out")
    if step == "back":
        desk.post(f"{path}/in", {"count": count, "condition": "worn", "note": "一块翻牌松了。"}, key=f"{key} in")


def _now(*, hours: float = 1) -> dict[str, str]:
    return {"starts_at": _later(timedelta()), "ends_at": _later(timedelta(hours=hours))}


def _later(delta: timedelta) -> str:
    return (datetime.now(UTC) + delta).isoformat()
