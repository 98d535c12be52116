"""What the solver is given, and what it says, in the terms of the roster."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from services.patrol.domain import hands, local_time
from services.patrol.domain.hands import Hand, Span
from services.patrol.models import Crew, Plan, Shift, Slot, Squad

#: What people did in this time counts for what is fair now.
FAIR_OVER = timedelta(weeks=8)

#: Kinds of turns that are shared out. Every turn is one of the first kind.
KINDS = ("turns", "evenings", "weekends", "colds")

#: Obstacles that planning never passes over; a person may, of the last two.
HARD = frozenset({"not_trained", "not_insured", "walks_then", "paused", "not_free", "stated_limits", "resting"})


@dataclass
class Drawn:
    """A plan on the drawing board: its slots by week, everybody who could walk, and what they walked lately."""

    plan_id: UUID
    weeks: list[list[Slot]]
    hands: dict[UUID, Hand]
    own: dict[UUID, set[UUID]]  # of each squad: who belongs to it
    zones: dict[UUID, str | None]
    lately: dict[UUID, Counter] = field(default_factory=dict)

    def candidates(self, slot: Slot) -> list[Hand]:
        """Of the slot's squad, those against whom nothing speaks but what the solver itself sees to."""
        span, own = span_of(slot), self.own.get(slot.squad_id, set())
        theirs = [hand for person_id in sorted(own) if (hand := self.hands.get(person_id))]
        return [hand for hand in theirs if not HARD.intersection(hand.against(span))]

    def near(self, hand: Hand, slot: Slot) -> bool:
        return hand.zone is not None and hand.zone == self.zones.get(slot.squad_id)

    def note(self, person_id: UUID, slot: Slot) -> None:
        """They walk it: from now on that counts."""
        self.hands[person_id].busy.append((slot.starts_at, slot.ends_at))
        self.lately.setdefault(person_id, Counter()).update(kinds_of(slot.starts_at, cold=slot.cold))


def draw(db: Session, plan: Plan) -> Drawn:
    """Everything that planning needs to know, in a few statements."""
    first = local_time.at(plan.starts_on, "00:00")
    last = first + timedelta(weeks=plan.weeks)
    squads = list(db.scalars(select(Squad).options(selectinload(Squad.members))))
    own = {squad.id: {squad.leader_id, *(member.person_id for member in squad.members)} for squad in squads}
    known = hands.read(db, first, last)
    drawn = Drawn(plan.id, by_week(plan.slots), known, own, {squad.id: squad.zone for squad in squads})
    drawn.lately = _lately(db, known.values(), first)
    return drawn


def as_document(drawn: Drawn, seconds: float) -> dict[str, Any]:
    """The same for the solver: numbers for people and slots, minutes for times."""
    order = sorted(drawn.hands)
    number = {person_id: index for index, person_id in enumerate(order)}
    return {
        "seconds": seconds,
        "weeks": [[_slot(drawn, slot, number) for slot in week] for week in drawn.weeks],
        "people": [_person(drawn, drawn.hands[person_id]) for person_id in order],
    }


def by_week(slots: Iterable[Slot]) -> list[list[Slot]]:
    weeks: dict[date, list[Slot]] = {}
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.number)):
        weeks.setdefault(local_time.monday_of(slot.starts_at), []).append(slot)
    return [weeks[monday] for monday in sorted(weeks)]


def span_of(slot: Slot) -> Span:
    return Span(slot.starts_at, slot.ends_at, cold=slot.cold, stairs=slot.stairs)


def kinds_of(starts_at: datetime, *, cold: bool) -> list[str]:
    holds = (True, local_time.is_evening(starts_at), local_time.is_weekend(starts_at), cold)
    return [kind for kind, does in zip(KINDS, holds, strict=True) if does]


def _slot(drawn: Drawn, slot: Slot, number: dict[UUID, int]) -> dict[str, Any]:
    could = drawn.candidates(slot)
    fixed = [number[place.person_id] for place in slot.places if place.fixed and place.person_id in number]
    kept = [number[place.person_id] for place in slot.places if not place.fixed and place.person_id in number]
    return {
        "number": slot.number, "begins": _minutes(slot.starts_at), "ends": _minutes(slot.ends_at),
        "min": slot.min_crew, "max": slot.max_crew, "units": slot.units_min,
        "kinds": kinds_of(slot.starts_at, cold=slot.cold), "fixed": fixed, "kept": kept,
        "could": sorted({number[hand.id] for hand in could}),
        "near": [number[hand.id] for hand in could if drawn.near(hand, slot)],
    }  # fmt: skip


def _person(drawn: Drawn, hand: Hand) -> dict[str, Any]:
    share = _share_of_time(drawn, hand)
    lately = drawn.lately.get(hand.id, Counter())
    used = [hand.in_week(local_time.monday_of(week[0].starts_at)) for week in drawn.weeks]
    return {
        "unit": hand.unit or "", "rest": int(hand.rest / timedelta(minutes=1)), "cap": hand.max_a_week,
        "lately": {kind: lately[kind] / share for kind in KINDS}, "used": used,
    }  # fmt: skip


def _share_of_time(drawn: Drawn, hand: Hand) -> float:
    """Who joined lately has not walked less than others: they are measured by the time since then."""
    first = drawn.weeks[0][0].starts_at if drawn.weeks else None
    if first is None or hand.stated_at is None:
        return 1.0
    return min(1.0, max(0.25, (first - hand.stated_at) / FAIR_OVER))


def _lately(db: Session, known: Iterable[Hand], first: datetime) -> dict[UUID, Counter]:
    """What everybody walked in the weeks before: planned, under way or done."""
    walked = (
        select(Crew.person_id, Shift.starts_at, Shift.outdoor)
        .join(Shift, Shift.id == Crew.shift_id)
        .where(Crew.person_id.in_([hand.id for hand in known]), Shift.state != "cancelled")
        .where(Shift.starts_at >= first - FAIR_OVER, Shift.starts_at < first)
    )
    lately: dict[UUID, Counter] = {}
    for person_id, starts_at, outdoor in db.execute(walked):
        kinds = kinds_of(starts_at, cold=outdoor and local_time.is_cold(starts_at))
        lately.setdefault(person_id, Counter()).update(kinds)
    return lately


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
