"""When a venue is open on a day, and why: the one place where that is worked out.

A day's hours come from its exceptions if it has any, else from the rules of its season and weekday; whatever closures
cover is cut out of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.events.domain.days import kind_of
from services.events.models import WEATHER
from shared.db import now, plain

HERE = ZoneInfo("Asia/Shanghai")
WHOLE_DAY = 24 * 60

#: How far a closure reaches that the weather brought, as long as nobody says until when.
FORESEEABLE = timedelta(days=2)
NEVER = datetime(9999, 12, 30, tzinfo=HERE)

LOAD = """
    SELECT v.id,
        (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.opens, h.id), '[]') FROM events.venue_hours h
            WHERE h.venue_id = v.id) AS rules,
        (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.opens, e.id), '[]') FROM events.venue_exceptions e
            WHERE e.venue_id = v.id AND e.day BETWEEN %(first)s AND %(last)s) AS exceptions,
        (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.since, c.id), '[]') FROM events.venue_closures c
            WHERE c.venue_id = v.id AND c.lifted_at IS NULL AND c.since < %(end)s
              AND (c.until IS NULL OR c.until > %(begin)s)) AS closures
    FROM events.venues v WHERE v.id = ANY (%(venues)s)
"""


@dataclass(frozen=True)
class Span:
    """A time that is open; *note*: {code, from} of what holds in it."""

    starts_at: datetime
    ends_at: datetime
    note: dict | None = None


@dataclass(frozen=True)
class Opening:
    """A day of a venue. *why*: codes with facts: where the hours come from, and what took some away."""

    on: date
    spans: list[Span]
    why: list[dict]


@dataclass(frozen=True)
class Closed:
    """A closure in force."""

    since: datetime
    until: datetime | None
    kind: str
    reason: str

    def end(self) -> datetime:
        return reach(self.kind, self.until)

    def told(self) -> dict:
        return {"code": "closed", "kind": self.kind, "reason": self.reason, "since": self.since, "until": self.until}


@dataclass
class Timetable:
    """What is laid down for a venue."""

    rules: list[dict] = field(default_factory=list)
    exceptions: list[dict] = field(default_factory=list)
    closures: list[Closed] = field(default_factory=list)

    def opening(self, on: date, kind: str) -> Opening:
        """When it is open on this day, which is a working, rest or holiday one."""
        spans, why = self._usual(on, kind)
        return self._without_closures(on, spans, why)

    def bookable(self, on: date, kind: str) -> Opening:
        """When it can be booked: in its hours, and at any time if it has none."""
        if self.rules or self._of(on):
            return self.opening(on, kind)
        return self._without_closures(on, [_span(on, 0, WHOLE_DAY)], [{"code": "any_time"}])

    def _usual(self, on: date, kind: str) -> tuple[list[Span], list[dict]]:
        if exceptions := self._of(on):
            spans = [_span(on, one["opens"], one["closes"]) for one in exceptions if one["opens"] is not None]
            return spans, [{"code": "exception", "reason": one["reason"]} for one in exceptions]
        in_season = [rule for rule in self.rules if in_its_season(rule, on) and on.isoweekday() in rule["weekdays"]]
        held = [rule for rule in in_season if holds_on(rule, kind)]
        spans = [_span(on, rule["opens"], rule["closes"], _note(rule)) for rule in held]
        return spans, _reasons(held, in_season, kind)

    def _of(self, on: date) -> list[dict]:
        return [one for one in self.exceptions if one["day"] == on.isoformat()]

    def _without_closures(self, on: date, spans: list[Span], why: list[dict]) -> Opening:
        for closed in self.closures:
            left = [piece for span in spans for piece in cut(span, closed.since, closed.end())]
            if left != spans or (not spans and _covers(closed, on)):
                why = [*why, closed.told()]
            spans = left
        return Opening(on, spans, why)


def load(db: Session, venue_ids: Iterable[UUID], first: date, last: date) -> dict[UUID, Timetable]:
    """The timetables of these venues, as far as these days are concerned: one statement for all."""
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    rows = plain(db, LOAD, venues=list(venue_ids), first=first, last=last, begin=begin, end=end)
    return {id: Timetable(rules, days, [_closed(one) for one in closed]) for id, rules, days, closed in rows}


def openings(db: Session, venue_ids: Iterable[UUID], first: date, last: date) -> dict[UUID, list[Opening]]:
    """Each of these days of each of these venues."""
    kinds = kind_of(db, days(first, last))
    tables = load(db, venue_ids, first, last)
    return {id: [table.opening(on, kind) for on, kind in kinds.items()] for id, table in tables.items()}


def reach(kind: str, until: datetime | None) -> datetime:
    """When a closure ends, as far as anybody can know."""
    if until:
        return until
    return now() + FORESEEABLE if kind in WEATHER else NEVER


def in_its_season(rule: dict, on: date) -> bool:
    begin, end, day = rule["season_from"], rule["season_until"], f"{on:%m-%d}"
    if begin is None:
        return True
    return begin <= day <= end if begin <= end else day >= begin or day <= end


def holds_on(rule: dict, kind: str) -> bool:
    """Whether a rule holds on days of this kind."""
    return rule["on_days"] == "all" or (rule["on_days"] == "working") == (kind == "working")


def cut(span: Span, since: datetime, until: datetime) -> list[Span]:
    """What is left of *span* without the time between the two."""
    if until <= span.starts_at or span.ends_at <= since:
        return [span]
    pieces = [Span(span.starts_at, since, span.note), Span(until, span.ends_at, span.note)]
    return [piece for piece in pieces if piece.starts_at < piece.ends_at]


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same times with as few spans as can be; notes are lost."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts_at):
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(Span(span.starts_at, span.ends_at))
    return found


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), HERE)


def today() -> date:
    return now().astimezone(HERE).date()


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def words(minutes: int) -> str:
    """Minutes of a day as 19:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _span(on: date, opens: int, closes: int, note: dict | None = None) -> Span:
    begin = midnight(on)
    return Span(begin + timedelta(minutes=opens), begin + timedelta(minutes=closes), note)


def _note(rule: dict) -> dict | None:
    if rule["note"] is None:
        return None
    return {"code": rule["note"], "from": None if rule["note_from"] is None else words(rule["note_from"])}


def _reasons(held: list[dict], in_season: list[dict], kind: str) -> list[dict[str, Any]]:
    if not held:
        return [{"code": kind}] if in_season else [{"code": "no_hours"}]
    seasons = {(rule["season_from"], rule["season_until"]) for rule in held if rule["season_from"]}
    why: list[dict[str, Any]] = [{"code": "season", "from": begin, "until": end} for begin, end in sorted(seasons)]
    return why + ([{"code": kind}] if any(rule["on_days"] != "all" for rule in held) else [])


def _covers(closed: Closed, on: date) -> bool:
    """Whether a closure is in force on this day at all: worth saying even where nothing was open anyway."""
    return closed.since < midnight(on + timedelta(days=1)) and closed.end() > midnight(on)


def _closed(row: dict) -> Closed:
    until = row["until"] and datetime.fromisoformat(row["until"])
    return Closed(datetime.fromisoformat(row["since"]), until, row["kind"], row["reason"])
