"""The events that rules can speak of, and what an event of each looks like."""

from datetime import timedelta
from functools import cache
from itertools import chain
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from shared.db import now
from shared.errors import Invalid
from shared.invalid import worded
from shared.schemas import events, members, patrol
from shared.schemas.event import Event
from shared.schemas.fields import Audience

#: Told by notify itself, to one person about one address; no event of the bus.
CHANNEL_TEST = "notify.channel_test"

#: Told by notify itself to who replied to an SMS.
SMS_REPLIED = "notify.sms_replied"
#: The facts of what notify tells by itself.
OWN: dict[str, dict[str, str]] = {
    SMS_REPLIED: {"outcome": "noted", "said": "我去", "asked": "三号楼：跑水积水，需要人手"}
}

#: Facts of these read models are nobody's news.
SILENT = {
    "members.people_changed.v1",
    "members.person_erased.v1",
    "members.units_changed.v1",
    "patrol.response_answered.v1",
    "patrol.shift_started.v1",
    "patrol.shift_ended.v1",
}

#: Nobody looks into these.
SECRET = {"members.sign_in_code_made.v1"}

SAMPLES: dict[str, Any] = {
    "title": "健康讲座", "unit_name": "惠民社区卫生服务站党支部", "place": "社区大讲堂", "squad": "夜安一队",
    "reason": "天气太冷", "kind": "lamp", "words": "三号楼门前", "reporter": "王某某", "step": "desk", "reach": "all",
    "last_place": "体院东门", "said_by": "王某某", "person_name": "李某某", "by_name": "王某某", "note": "已经到家",
    "state": "going", "changed": ["starts_at"], "by": "neighbour",
    "claimer": "市体育局党支部", "amount": 5, "left": 3, "offers": 2, "outcome": "met", "decision": "do",
    "troupe": "青城合唱队", "result": "accepted", "topics": ["反诈防骗"],
    "pay": "每月 3000 元", "hours": "每天 8 小时", "lectures": 24, "owned": True,
    "answers": 12, "led": True, "overall_good": 9, "overall_fair": 2, "overall_poor": 1, "followed_yes": 8,
    "followed_partly": 3, "followed_no": 1, "more_yes": 7, "more_maybe": 4, "more_no": 1,
    "turns": 6, "swap_outcome": "accepted", "cover_outcome": "filled", "why_you": ["near"], "from_name": "王某某",
    "emergency": "flood", "severity": "serious", "needed": ["carry"], "weather": "cold",
    "level": "orange", "mode": "on",
}  # fmt: skip


@cache
def known() -> dict[str, type[Event]]:
    """The events that come to notify from other services, by topic."""
    named = chain.from_iterable(vars(module).values() for module in (members, events, patrol))
    found = [kind for kind in named if isinstance(kind, type) and issubclass(kind, Event) and hasattr(kind, "topic")]
    return {kind.topic: kind for kind in found if "notify" in kind.subscribers and kind.topic not in SILENT}


def sample(topic: str) -> SimpleNamespace:
    """An event as it might come, with invented facts."""
    kind = known().get(topic)
    facts = {name: _sample(name, field) for name, field in kind().fields.items()} if kind else OWN.get(topic, {})
    return SimpleNamespace(**facts, topic=topic, event_id=UUID(int=0), subject=UUID(int=0), occurred_at=now())


def imagine(topic: str, facts: dict[str, Any]) -> SimpleNamespace:
    """An event with these facts, as they would come over the bus; those that are left out are invented."""
    kind = known().get(topic)
    if kind is None or topic in SECRET:
        choices = sorted(known().keys() - SECRET)
        raise Invalid(errors={"topic": [{"code": "not_one_of", "choices": choices}]})
    if unknown := facts.keys() - kind().fields.keys():
        raise Invalid(errors={f"facts.{name}": ["unknown_field"] for name in sorted(unknown)})
    try:
        given = kind(partial=True).load(facts)
    except ValidationError as error:
        raise Invalid(errors=worded({"json": {"facts": error.messages}})) from None
    event = sample(topic)
    vars(event).update(vars(given))
    return event


def _sample(name: str, field: fields.Field) -> Any:
    if name in SAMPLES:
        return SAMPLES[name]
    if isinstance(field, fields.AwareDateTime):
        return now() + timedelta(days=1, hours=2 if name == "ends_at" else 0)
    if isinstance(field, fields.UUID):
        return UUID(int=0)
    if isinstance(field, fields.List):
        return []
    if isinstance(field, fields.Boolean):
        return False
    if isinstance(field, fields.Nested) and isinstance(field.schema, Audience):
        return {"everyone": True}
    return ""
