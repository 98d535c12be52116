"""Verbs of what comes again."""

from datetime import date, time, timedelta
from typing import Any

from services.events.domain.series import making

EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}


def in_days(count: int) -> date:
    """A day from today, in Shanghai."""
    return making.today() + timedelta(days=count)


def rhythm(**facts: Any) -> dict[str, Any]:
    """When a series takes place, as the domain takes it: every week from the day after tomorrow on."""
    return {
        "rule": "FREQ=WEEKLY", "starts_on": in_days(2), "ends_on": None, "start_time": time(19), "minutes": 90,
        "seasons": [], "days": "all", **facts,
    }  # fmt: skip


def series_plan(**facts: Any) -> dict[str, Any]:
    words: dict[str, Any] = {
        "title": "健身操", "summary": "", "kind": "sport", "form": "on_site", "place": "操场", "capacity": None,
        "audience": EVERYONE,
    }  # fmt: skip
    return words | rhythm(**facts)


def sent(**facts: Any) -> dict[str, Any]:
    """The same as a client sends it."""
    plan = series_plan(**facts)
    days = {name: plan[name] and plan[name].isoformat() for name in ("starts_on", "ends_on")}
    return plan | days | {"start_time": f"{plan['start_time']:%H:%M}"}
