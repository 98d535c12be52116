"""Which of the rule's days a series takes place on, and from when until when: seasons, holidays, working days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.events.domain.days import kind_of
from services.events.domain.series import rule
from shared.errors import Invalid

HERE = ZoneInfo("Asia/Shanghai")

#: A year with a 29th of February, to lay seasons out in.
LEAP = 2024


@dataclass(frozen=True)
class Occurrence:
    """A day that the rule means. *why*: for what reason nothing takes place: closed_season, holiday, day_off."""

    on: date
    starts_at: datetime
    ends_at: datetime
    season: int | None = None
    why: str | None = None


def occurrences(db: Session, plan: Any, first: date, last: date) -> list[Occurrence]:
    """Every day from *first* to *last* that the plan's rule means, those left out included."""
    last = min(last, plan.ends_on or last)
    found = rule.days(plan.rule, plan.starts_on, max(first, plan.starts_on), last)
    kinds = kind_of(db, found) if plan.days != "all" else {}
    return [_on(plan, on, kinds.get(on)) for on in found]


def taking_place(db: Session, plan: Any, first: date, last: date) -> list[Occurrence]:
    return [one for one in occurrences(db, plan, first, last) if one.why is None]


def check_seasons(seasons: Sequence[dict]) -> None:
    """Two seasons must not share a day; Invalid says which."""
    taken: dict[date, int] = {}
    for number, season in enumerate(seasons):
        for day in _days(season):
            if day in taken:
                problem = {"code": "season_overlaps", "with": taken[day] + 1, "on": f"{day:%m-%d}"}
                raise Invalid(errors={f"seasons.{number}.from": [problem]})
            taken[day] = number


def _on(plan: Any, on: date, kind: str | None) -> Occurrence:
    number, season = _season(plan.seasons, on)
    start = time.fromisoformat(season["start_time"]) if season.get("start_time") else plan.start_time
    starts_at = datetime.combine(on, start, HERE)
    ends_at = starts_at + timedelta(minutes=season.get("minutes") or plan.minutes)
    return Occurrence(on, starts_at, ends_at, number, _why(plan, season, kind))


def _why(plan: Any, season: dict, kind: str | None) -> str | None:
    if season.get("closed"):
        return "closed_season"
    if kind == "holiday":
        return "holiday"
    return "day_off" if plan.days == "working" and kind == "rest" else None


def _season(seasons: Sequence[dict], on: date) -> tuple[int | None, dict]:
    for number, season in enumerate(seasons):
        begin, end, day = season["from"], season["until"], f"{on:%m-%d}"
        if begin <= day <= end if begin <= end else day >= begin or day <= end:
            return number, season
    return None, {}


def _days(season: dict) -> Iterator[date]:
    day, end = (date.fromisoformat(f"{LEAP}-{season[name]}") for name in ("from", "until"))
    while True:
        yield day
        if day == end:
            return
        day = date(LEAP, 1, 1) if (day.month, day.day) == (12, 31) else day + timedelta(days=1)
