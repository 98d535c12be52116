"""Two drills with their reviews, and a cold wave that is just over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from demo.company import OFFICERS, Company
from demo.days import at
from demo.desk import Desk

#: place, kind, needs, who of the officers says what, how it went, what is to change
DRILLS: tuple[tuple[Any, ...], ...] = (
    (
        "晨光小学", "fire", {"lead": 1, "traffic": 2, "calm": 2, "first_aid": 1},
        {"U04": ("ack", "lead"), "U06": ("ack", "first_aid"), "U09": ("ack", "traffic"), "U11": ("later", None)},
        "从响铃到全部撤到操场用了六分钟，一个班走了堵着的东楼梯。",
        "东楼梯口的桌椅搬走；疏导的人先到楼梯口再到大门。",
    ),
    (
        "顺店北院 3 号楼", "gas", {"lead": 1, "calm": 2, "traffic": 1},
        {"U06": ("ack", "calm"), "U09": ("ack", "lead"), "U11": ("decline", None), "U04": ("ack", None)},
        "供热站的人先到，关了总阀；两户没有人应门。",
        "没人应门的两户要有备用联系人；通知里写明不要开关灯。",
    ),
)  # fmt: skip
OVER = "演练结束，谢谢大家"
COLD = {"weather": "cold", "level": "blue", "words": "夜里零下二十六度，路面结冰。"}


def load(company: Company, today: date) -> None:
    """The drills reach the units' officers only: nobody who tries the demo is called away."""
    for drill in DRILLS:
        _drill(company, *drill)
    _cold_wave(company.secretary, today)


def _drill(
    company: Company, place: str, kind: str, needs: dict[str, int], answers: dict, review: str, change: str
) -> None:
    desk = company.secretary
    wanted = [{"task": task, "wanted": many} for task, many in needs.items()]
    body = {"kind": kind, "severity": "serious", "drill": True, "place": place, "needs": wanted}
    made = desk.make("/patrol/responses", body, key=f"drill {place}")
    path = f"/patrol/responses/{made['id']}"
    if made["state"] != "raised":
        return
    if made["ring"] != "officers":
        desk.post(f"{path}/ring", key=f"ring {place}")
    for unit in OFFICERS:
        said, task = answers[unit]
        company.officer(unit).put(f"{path}/answer", {"answer": said, "task": task})
    desk.post(f"{path}/stand-down", {"words": OVER})
    desk.post(f"{path}/review", {"review": review, "change": change}, key=f"review {place}")


def _cold_wave(desk: Desk, today: date) -> None:
    """It has no time left, so that the shifts and venues of the days to come stay as they are."""
    until = datetime.now(UTC) + timedelta(seconds=30)
    since = at(today - timedelta(days=3), "20:00")
    if not desk.get("/patrol/weather")["items"]:
        made = desk.post("/patrol/weather", COLD | {"since": since, "until": until.isoformat()}, key="cold wave")
        desk.put(f"/patrol/weather/{made['id']}/off")
