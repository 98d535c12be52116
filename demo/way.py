"""Nine key areas with their calendar, five checklists, and tips of the season."""

from datetime import date
from typing import Any

from demo.desk import Desk, fixed_id
from demo.patrol import CHECKPOINTS

SCHOOL_DAYS, WEEKEND, EVERY_DAY = range(1, 6), (6, 7), range(1, 8)


def _weekly(kind: str, weekdays: Any, begins: str, ends: str, note: str = "") -> list[dict]:
    times = {"kind": kind, "from": begins, "until": ends, "note": note}
    return [times | {"weekday": weekday} for weekday in weekdays]


def _once(kind: str, month: int, day: int, begins: str, ends: str, note: str) -> list[dict]:
    return [{"kind": kind, "on": (month, day), "from": begins, "until": ends, "note": note}]


ARRIVING = _weekly("school", SCHOOL_DAYS, "07:10", "08:15", "上学")
LEAVING = _weekly("school", SCHOOL_DAYS, "15:50", "17:45", "放学")
KEY_AREAS: tuple[tuple[str, dict, tuple[str, ...], list[dict]], ...] = (
    ("晨光小学门口", {"times": 2}, ("晨光小学门", "晨光里南门"), ARRIVING + LEAVING),
    ("青禾园幼儿园", {"times": 1}, ("青禾园幼儿园", "青禾园东门"), LEAVING),
    (
        "利民市场",
        {"every_minutes": 30},
        ("市场南口", "市场北口", "市场卸货区"),
        _weekly("market", WEEKEND, "08:30", "12:00"),
    ),
    ("锅炉房", {"every_minutes": 60}, ("锅炉房",), _weekly("other", EVERY_DAY, "17:00", "22:30", "供暖期")),
    ("自行车棚充电", {"times": 1}, ("自行车棚",), []),
    (
        "煤棚和小煤炉",
        {"times": 1},
        ("顺店北院煤棚", "顺店北院后巷"),
        _weekly("other", EVERY_DAY, "18:00", "22:30", "防煤气中毒"),
    ),
    (
        "操场灯会",
        {"every_minutes": 20},
        ("体院操场", "体院东门"),
        _once("festival", 1, 1, "18:00", "22:00", "迎新年灯会"),
    ),
    ("公交终点", {"times": 1}, ("公交终点", "公交新村八号楼"), []),
    ("文化馆考点", {"times": 1}, ("文化馆门前",), _once("exam_quiet", 6, 7, "08:00", "17:30", "高考")),
)

#: code, name, where, items: (zh, en, opens) for what is in order or not; a dict says more.
CHECKLISTS: tuple[tuple[str, str, tuple[str, ...], list[dict]], ...] = (
    (
        "fire_lane",
        "消防通道",
        ("体院北门", "建筑所后院", "公交新村一号楼", "惠民佳苑大门"),
        [
            {"zh": "通道没有停车堆物", "en": "The lane is clear", "fail_opens": "fire_lane"},
            {"zh": "消火栓没有被挡住", "en": "The hydrant can be reached", "fail_opens": "fire_lane"},
            {"zh": "道闸能打开", "en": "The barrier opens", "fail_opens": "other"},
        ],
    ),
    (
        "shed",
        "车棚充电",
        ("自行车棚",),
        [
            {"zh": "没有飞线充电", "en": "No cable from a window", "fail_opens": "charging_cable"},
            {
                "zh": "插座温度",
                "en": "Heat of the sockets",
                "kind": "number",
                "high": 45,
                "measure": "度",
                "fail_opens": "charging_cable",
            },
            {"zh": "灭火器在位", "en": "The extinguisher is there", "fail_opens": "other"},
        ],
    ),
    (
        "boiler",
        "锅炉房",
        ("锅炉房",),
        [
            {
                "zh": "压力表",
                "en": "Pressure",
                "kind": "number",
                "low": 0.2,
                "high": 0.7,
                "measure": "兆帕",
                "fail_opens": "other",
            },
            {
                "zh": "门",
                "en": "The door",
                "kind": "choice",
                "fail_opens": "other",
                "choices": [
                    {"code": "shut", "zh": "关好", "en": "Shut"},
                    {"code": "ajar", "zh": "虚掩", "en": "Ajar", "fails": True},
                    {"code": "open", "zh": "敞开", "en": "Open", "fails": True},
                ],
            },
            {"zh": "没有煤气味", "en": "No smell of gas", "fail_opens": "gas_smell"},
        ],
    ),
    (
        "lighting",
        "路灯照明",
        ("体院东门", "建筑所门口", "市场北口", "公交终点"),
        [
            {"zh": "路灯都亮", "en": "All lamps are lit", "fail_opens": "lamp"},
            {"zh": "单元门灯亮", "en": "The entrance lamp is lit", "fail_opens": "lamp"},
        ],
    ),
    (
        "ice",
        "冰雪",
        ("顺店北院后巷", "顺店北院正门", "晨光小学门"),
        [
            {"zh": "路面没有结冰", "en": "No ice on the way", "fail_opens": "ice"},
            {"zh": "房檐没有冰溜子", "en": "No icicles above", "fail_opens": "ice"},
            {"zh": "井盖完好", "en": "The manhole is sound", "fail_opens": "manhole"},
        ],
    ),
)

TIPS = (
    ((11, 12, 1, 2, 3), "路滑，走慢一点，靠着扶手走。", "It is slippery: go slowly, keep to the rail."),
    (
        (10, 11, 12, 1, 2, 3),
        "看看老邻居家的烟囱通不通，提醒开窗透气，防煤气中毒。",
        "Look whether chimneys draw; remind people to air: no gas.",
    ),
    (
        (1, 2, 12),
        "过节前后骗子多：不转账、不点陌生链接，拿不准就问社区。",
        "Around the festivals: transfer no money to strangers, ask the desk.",
    ),
    ((6, 7, 8), "天热，带水，走阴凉的一边。", "It is hot: bring water, walk in the shade."),
    ((6, 7, 8, 9), "雷雨天不在树下、杆下停留。", "In a thunderstorm, do not stop under trees or poles."),
    ((), "见到楼门没关好，随手带上。", "Pull the door shut where you find it open."),
)


def load(desk: Desk, today: date) -> None:
    """Put it all in place; again is harmless."""
    for name, rhythm, where, days in KEY_AREAS:
        body = {"name": name, "checkpoints": _places(where), "days": [_dated(day, today) for day in days]} | rhythm
        desk.put(f"/patrol/key-areas/{fixed_id(f'key area {name}')}", body)
    for code, name, where, items in CHECKLISTS:
        body = {"name": name, "places": _places(where), "items": [_item(n, item) for n, item in enumerate(items, 1)]}
        desk.put(f"/patrol/checklists/{code}", body)
    for months, zh, en in TIPS:
        desk.put(f"/patrol/tips/{fixed_id(f'tip {zh}')}", {"months": list(months), "zh": zh, "en": en})


def _places(names: tuple[str, ...]) -> list[str]:
    return [fixed_id(f"checkpoint {CHECKPOINTS.index(name) + 1}") for name in names]


def _item(number: int, item: dict) -> dict:
    return {"code": f"i{number}", "kind": "ok_fail", **item}


def _dated(day: dict, today: date) -> dict:
    """A day of the year is the next one."""
    if "on" not in day:
        return day
    this_year = date(today.year, *day["on"])
    return day | {"on": (this_year if this_year >= today else date(today.year + 1, *day["on"])).isoformat()}
