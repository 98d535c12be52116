"""Who could walk a shift, as they told us, and what speaks against it. It says so in codes, for pages and messages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain import local_time
from services.patrol.domain.gate import lasts
from services.patrol.models import Crew, Person, Shift, Volunteer

#: Around a shift so much matters of what else people walk.
AROUND = timedelta(days=8)


@dataclass(frozen=True)
class Span:
    """A shift, as far as it matters to who could walk it."""

    starts_at: datetime
    ends_at: datetime
    cold: bool = False
    stairs: bool = False

    @property
    def hours(self) -> float:
        return (self.ends_at - self.starts_at) / timedelta(hours=1)


@dataclass
class Hand:
    """A volunteer, as far as it matters to what they could walk. *busy*: their shifts, from when to when."""

    id: UUID
    name: str
    unit: str | None
    zone: str | None
    trained_until: date | None
    insured_until: date | None
    max_a_week: int = 2
    rest: timedelta = timedelta(hours=10)
    free: list[dict[str, Any]] = field(default_factory=list)
    paused_until: date | None = None
    limits: dict[str, Any] = field(default_factory=dict)
    stated_at: datetime | None = None
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)

    def against(self, span: Span) -> list[str]:
        """What speaks against it; nothing: they could."""
        last = local_time.last_day(span.ends_at)
        found = {
            "not_trained": not lasts(self.trained_until, last),
            "not_insured": not lasts(self.insured_until, last),
            "paused": lasts(self.paused_until, local_time.day_of(span.starts_at)),
            "not_free": not self.is_free(span),
            "stated_limits": self._is_beyond(span),
            **self.against_by_shifts(span),
        }
        return [code for code, holds in found.items() if holds]

    def against_by_name(self, span: Span) -> list[str]:
        """What others may read beside this name: a limit that was stated in confidence looks like any other time."""
        return list(dict.fromkeys("not_free" if code == "stated_limits" else code for code in self.against(span)))

    def against_by_shifts(self, span: Span) -> dict[str, bool]:
        overlaps = any(begins < span.ends_at and span.starts_at < ends for begins, ends in self.busy)
        rests = all(
            ends + self.rest <= span.starts_at or span.ends_at + self.rest <= begins for begins, ends in self.busy
        )
        return {
            "walks_then": overlaps,
            "resting": not overlaps and not rests,
            "week_full": self.in_week(local_time.monday_of(span.starts_at)) >= self.max_a_week,
        }

    def in_week(self, monday: date) -> int:
        return sum(local_time.monday_of(begins) == monday for begins, _ in self.busy)

    def is_free(self, span: Span) -> bool:
        return not self.free or self.window(span) is not None

    def window(self, span: Span) -> dict[str, Any] | None:
        """The free time, as stated, in which it lies."""
        begins, ends = (moment.astimezone(local_time.HERE) for moment in (span.starts_at, span.ends_at))
        last = f"{ends:%H:%M}" if ends.date() == begins.date() else "24:00"
        for window in self.free:
            if (
                window["weekday"] == begins.isoweekday()
                and window["from"] <= f"{begins:%H:%M}"
                and last <= window["until"]
            ):
                return window
        return None

    def rested_hours(self, span: Span) -> int | None:
        """Since their last shift before it; None: it was long ago."""
        before = [ends for _, ends in self.busy if ends <= span.starts_at]
        return int((span.starts_at - max(before)) / timedelta(hours=1)) if before else None

    def _is_beyond(self, span: Span) -> bool:
        limits = self.limits
        return bool(
            (limits.get("no_cold") and span.cold)
            or (limits.get("no_stairs") and span.stairs)
            or (limits.get("no_late") and local_time.is_late(span.ends_at))
            or (limits.get("max_hours") and span.hours > limits["max_hours"])
        )


def read(db: Session, first: datetime, last: datetime, person_ids: Collection[UUID] | None = None) -> dict[UUID, Hand]:
    """All volunteers, or these, with what they walk around that time."""
    query = select(Person, Volunteer).outerjoin(Volunteer, Volunteer.person_id == Person.person_id)
    if person_ids is None:
        query = query.where(Volunteer.person_id.is_not(None))
    else:
        query = query.where(Person.person_id.in_(person_ids))
    hands = {person.person_id: _hand(person, told) for person, told in db.execute(query.where(Person.active))}
    for person_id, begins, ends in shifts_of(db, hands, first - AROUND, last + AROUND):
        hands[person_id].busy.append((begins, ends))
    return hands


def shifts_of(
    db: Session, person_ids: Iterable[UUID], first: datetime, last: datetime
) -> list[tuple[UUID, datetime, datetime]]:
    """What these people walk, or walked, in that time."""
    walked = (
        select(Crew.person_id, Shift.starts_at, Shift.ends_at)
        .join(Shift, Shift.id == Crew.shift_id)
        .where(Crew.person_id.in_(list(person_ids)), Shift.state != "cancelled")
        .where(Shift.starts_at >= first, Shift.starts_at <= last)
        .order_by(Shift.starts_at)
    )
    return [(row[0], row[1], row[2]) for row in db.execute(walked)]


def _hand(person: Person, told: Volunteer | None) -> Hand:
    known: dict[str, Any] = {
        "id": person.person_id,
        "name": person.name,
        "unit": person.unit_name,
        "zone": person.zone_code,
    }
    if told is None:
        return Hand(**known, trained_until=None, insured_until=None)
    return Hand(
        **known, trained_until=told.trained_until, insured_until=told.insured_until, max_a_week=told.max_a_week,
        rest=timedelta(hours=told.min_rest_hours), free=told.free, paused_until=told.paused_until,
        limits=told.limits or {}, stated_at=told.stated_at,
    )  # fmt: skip
