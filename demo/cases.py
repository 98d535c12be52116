"""What was found in eight weeks, as it stood in the desk's book: 137 things, 118 of them fixed and confirmed."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.desk import Desk, fixed_id
from demo.people import SEED
from demo.places import COMPOUNDS

#: How many of each kind; the last ones are what else there was.
FOUND = {"lamp": 41, "fire_lane": 28, "ice": 22, "manhole": 6, "charging_cable": 19}
ELSE = {"water": 5, "heating": 6, "lift": 3, "road": 2, "rubbish": 3, "noise": 1, "other": 1}
CONFIRMED = 118
WEEKS = 8

#: Who sees to what; the rest is the duty desk's.
RULES = (
    # kind, compound, unit, hours to take it, hours to fix it
    ("lamp", None, "U09", 24, 120),
    ("water", None, "U09", 4, 48),
    ("heating", None, "U09", 4, 48),
    ("fire_lane", None, "U11", 8, 48),
    ("fire_lane", "C5", "U08", 8, 48),
    ("rubbish", None, "U11", 24, 72),
)
WORDS = {
    "lamp": ("楼门口的灯不亮，晚上看不清台阶。", "换了灯泡，试过亮了。"),
    "fire_lane": ("消防通道被车堵住了。", "联系车主挪走了，画了黄线。"),
    "ice": ("门前结冰，老人不敢走。", "撒了盐，铲干净了。"),
    "manhole": ("井盖松了，踩上去会响。", "换了井盖，垫了胶圈。"),
    "charging_cable": ("从楼上拉线下来充电。", "劝说后拆掉了，指了充电棚的位置。"),
    "water": ("楼道里往下滴水。", "换了阀门，不漏了。"),
    "heating": ("家里暖气不热。", "放了气，热起来了。"),
    "lift": ("电梯门关不严。", "调好了门机。"),
    "road": ("路面塌了一块。", "补平了。"),
    "rubbish": ("堆了装修垃圾。", "清走了。"),
    "noise": ("夜里施工太吵。", "约好了十点后不施工。"),
    "other": ("宣传栏的玻璃碎了。", "换了玻璃。"),
}


def load(desk: Desk) -> None:
    """The rules, the book of eight weeks, and what is still to be seen to."""
    units = {unit["code"]: unit["id"] for unit in desk.get("/members/units")}
    for kind, zone, unit, to_take, to_fix in RULES:
        rule = {"kind": kind, "zone": zone, "unit_id": units[unit], "hours_to_take": to_take, "hours_to_fix": to_fix}
        desk.put(f"/patrol/case-rules/{fixed_id(f'rule {kind} {zone}')}", rule, version=_version(desk, kind, zone))
    for n, told in enumerate(book()):
        desk.put(f"/patrol/case-reports/{fixed_id(f'case {n}')}", told)
    _see_to_some(desk)


def book() -> Iterator[dict[str, Any]]:
    """What was told, the oldest first; what is confirmed took 2.4 days in the middle."""
    chance = random.Random(SEED)
    kinds = [kind for kind, many in (FOUND | ELSE).items() for _ in range(many)]
    chance.shuffle(kinds)
    took = [0.4 + 4.0 * n / (CONFIRMED - 1) for n in range(CONFIRMED)]
    chance.shuffle(took)
    for n, kind in enumerate(kinds):
        yield _told(n, kind, took[n] if n < CONFIRMED else None)


def _told(n: int, kind: str, days: float | None) -> dict[str, Any]:
    code, _, buildings, *_ = COMPOUNDS[n % len(COMPOUNDS)]
    said, done = WORDS[kind]
    place = f"{n // len(COMPOUNDS) % buildings + 1}号楼{n % 3 + 1}单元门口"
    told = {"kind": kind, "zone": code, "place": place, "words": said, "channel": "paper" if n % 3 else "phone"}
    if days is None:
        return told
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    reported = now - timedelta(days=5 + (7 * WEEKS - 5) * (CONFIRMED - n) / CONFIRMED)
    settled = {"fixed_at": (reported + timedelta(days=days)).isoformat(), "words": done, "confirmed": True}
    return told | {"reported_at": reported.isoformat(), "settled": settled}


def _see_to_some(desk: Desk) -> None:
    """Of what is left, some are in hand, one waits for a part, some are said to be fixed."""
    left = list(desk.items("/patrol/cases", group="open"))
    for n, case in enumerate(sorted(left, key=lambda case: case["number"])):
        path = f"/patrol/cases/{case['id']}"
        if n % 2 == 0 and case["state"] in ("received", "routed"):
            desk.post(f"{path}/take")
        if n == 0 and case["state"] != "paused":
            desk.post(f"{path}/pause", {"reason": "waiting_part", "words": "配件周四到货。"})
        if n in (3, 5) and case["state"] != "fixed":
            desk.post(f"{path}/fix", {"words": WORDS[case["kind"]][1]})


def _version(desk: Desk, kind: str, zone: str | None) -> int | None:
    """Of the rule that an interrupted run made."""
    rules = desk.items("/patrol/case-rules")
    return next((rule["version"] for rule in rules if (rule["kind"], rule["zone"]) == (kind, zone)), None)
