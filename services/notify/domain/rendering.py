"""From an event's facts to words: times as people say them, codes as words, nothing left in braces."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.notify.domain.words import FACTS, WEEKDAYS

HERE = ZoneInfo("Asia/Shanghai")
NAME = re.compile(r"\{(\w+)\}")
LONGEST = {"title": 120, "body": 2000}


def fill(text: str, facts: dict[str, str]) -> str:
    """*text* with its names in braces replaced; a name that is not among the facts is left out."""
    return NAME.sub(lambda found: facts.get(found[1], ""), text).strip()


def render(title: str, body: str, facts: dict[str, str]) -> tuple[str, str]:
    """What the reader sees."""
    return fill(title, facts)[: LONGEST["title"]], fill(body, facts)[: LONGEST["body"]]


def names(text: str) -> set[str]:
    """The facts that *text* asks for."""
    return set(NAME.findall(text))


def facts_of(event: Any, language: str) -> dict[str, str]:
    """The facts of an event in words, and the turns of phrase that are made of them."""
    plain = {name: _word(name, value, language) for name, value in vars(event).items()}
    return plain | _phrases(event, plain, language)


def when(moment: datetime, language: str) -> str:
    """A moment as people here say it: 11月25日（周三）19:00."""
    local = moment.astimezone(HERE)
    weekday = WEEKDAYS[language][local.weekday()]
    if language == "en":
        return f"{weekday} {local.day} {local:%b} {local:%H:%M}"
    return f"{local.month}月{local.day}日（周{weekday}）{local:%H:%M}"


def _word(name: str, value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return when(value, language)
    if isinstance(value, list):
        words = [_word(name, each, language) for each in value]
        return ("、" if language == "zh" else ", ").join(words)
    if isinstance(value, str):
        return FACTS.get(name, {}).get(value, {}).get(language, value)
    return str(value) if isinstance(value, UUID | int) else ""


def _phrases(event: Any, plain: dict[str, str], language: str) -> dict[str, str]:
    place, squad = plain.get("place"), plain.get("squad")
    last_at, last_place = getattr(event, "last_at", None), plain.get("last_place")
    clock = f"{last_at.astimezone(HERE):%H:%M}" if last_at else ""
    if language == "en":
        return {
            "where": f"at {place}" if place else "place unknown",
            "team": f" ({squad})" if squad else "",
            "since": f"since {clock}" if clock else "since they set out",
            "last_seen": " ".join(filter(None, (clock, last_place))) or "none yet",
            "who": plain.get("claimer") or "a member",
            "drill_mark": "[DRILL] " if getattr(event, "drill", False) else "",
            "why_reason": f"Reason: {plain['reason']}" if plain.get("reason") else "",
        }
    return {
        "where": f"在{place}" if place else "位置还不清楚",
        "team": f"（{squad}）" if squad else "",
        "since": f"{clock} 后" if clock else "出发后",
        "last_seen": f"{clock} {last_place or ''}".strip() or "还没有",
        "who": plain.get("claimer") or "一位党员",
        "drill_mark": "【演练】" if getattr(event, "drill", False) else "",
        "why_reason": f"原因：{plain['reason']}" if plain.get("reason") else "",
    }
