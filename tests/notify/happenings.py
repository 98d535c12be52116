"""What happens elsewhere, as other services tell it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

NOON = datetime.now(ZoneInfo("Asia/Shanghai")).replace(hour=12, minute=0, second=0, microsecond=0)
NIGHT = NOON.replace(hour=23)
EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}


def activity(**facts) -> dict:
    """An activity's facts."""
    unit_id = uuid4()
    return {
        "activity_id": uuid4(),
        "title": "健康讲座",
        "unit_id": unit_id,
        "unit_name": "惠民社区卫生服务站党支部",
        "place": "社区大讲堂",
        "starts_at": NOON + timedelta(days=2),
        "ends_at": NOON + timedelta(days=2, hours=2),
        "reach": "all",
    } | facts


def shift(**facts) -> dict:
    return {
        "shift_id": uuid4(),
        "squad": "夜安一队",
        "starts_at": NOON - timedelta(hours=1),
        "ends_at": NOON + timedelta(hours=1),
    } | facts


def sos(caller, crew=(), leaders=(), **facts) -> dict:
    return {
        "sos_id": uuid4(),
        "person_id": caller.person_id,
        "person_name": caller.name,
        "squad": "夜安一队",
        "place": "体院东门",
        "crew_ids": ids(crew),
        "leader_ids": ids(leaders),
    } | facts


def silence(step: str, people=(), **facts) -> dict:
    return {
        "alarm_id": uuid4(),
        "shift_id": uuid4(),
        "squad": "夜安一队",
        "step": step,
        "person_ids": ids(people),
        "last_place": "体院东门",
        "last_at": NOON.replace(hour=20, minute=40),
    } | facts


def trouble(leaders=(), **facts) -> dict:
    return {
        "trouble_id": uuid4(),
        "kind": "lamp",
        "place": "三号楼",
        "words": "门前的灯不亮了。",
        "reporter": "李某某",
        "squad": "夜安一队",
        "leader_ids": ids(leaders),
    } | facts


def ids(people) -> list[UUID]:
    return [person.person_id for person in people]
