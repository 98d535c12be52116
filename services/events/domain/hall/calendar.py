"""The times of a term: which days of its weeks, and which room is free at each."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.events.domain import free
from services.events.domain.days import kind_of
from services.events.domain.free import Span
from services.events.domain.hall.planning import Hour
from services.events.models import Term, TermSlot
from shared.db import now
from shared.errors import Invalid

#: Lectures in a term.
MOST = 150


def times(db: Session, term: Term) -> tuple[list[Span], list[dict[str, Any]]]:
    """When something can take place from now on; and the days left out, each with why."""
    days = [term.starts_on + timedelta(days=n) for n in range((term.ends_on - term.starts_on).days + 1)]
    wanted = sorted(term.wanted, key=lambda hours: hours["start_time"])
    kinds = kind_of(db, days)
    spans, skipped = [], []
    for day in days:
        hours = [free.on_day(day, one) for one in wanted if one["weekday"] == day.isoweekday()]
        coming = [span for span in hours if span.starts_at > now()]
        if coming and kinds[day] == "holiday":
            skipped.append({"on": day.isoformat(), "why": [{"code": "holiday"}]})
        else:
            spans += coming
    if len(spans) > MOST:
        raise Invalid(errors={"wanted": [{"code": "too_many", "max": MOST}]})
    return spans, skipped


def hours(db: Session, term: Term, spans: Iterable[Span], kept: Iterable[TermSlot]) -> list[Hour]:
    """These times, numbered, each with the first room that is free; what a person decided has its room already."""
    decided = {Span(slot.starts_at, slot.ends_at): slot for slot in kept}
    ordered = sorted({*spans, *decided})
    taken = _taken(db, term, ordered)
    for span, slot in decided.items():
        if slot.place in taken:
            taken[slot.place].append(span)
    found = []
    for number, span in enumerate(ordered, 1):
        slot_kept = decided.get(span)
        room = slot_kept.place if slot_kept else next((n for n in taken if free.is_free(taken[n], span)), None)
        if room in taken and not slot_kept:
            taken[room].append(span)
        found.append(Hour(number, span.starts_at, span.ends_at, room))
    return found


def collisions(db: Session, slots: Iterable[TermSlot]) -> list[int]:
    """The numbers of slots whose place is taken by something else, or by another of them."""
    held = [(slot.number, slot.place, Span(slot.starts_at, slot.ends_at)) for slot in slots if slot.place]
    if not held:
        return []
    whole = Span(min(span.starts_at for *_, span in held), max(span.ends_at for *_, span in held))
    taken = free.taken(db, [place for _, place, _ in held], whole)
    found: list[int] = []
    for number, place, span in held:
        beside = [other for n, where, other in held if n != number and where == place]
        if not free.is_free([*taken[place], *beside], span):
            found.append(number)
    return found


def last_day(starts_on: date) -> date:
    """The latest day on which a term can end."""
    return starts_on + timedelta(days=200)


def _taken(db: Session, term: Term, ordered: list[Span]) -> dict[str, list[Span]]:
    names = [room["name"] for room in term.rooms]
    if not ordered:
        return {name: [] for name in names}
    found = free.taken(db, names, Span(ordered[0].starts_at, max(span.ends_at for span in ordered)))
    return {name: found[name] for name in names}  # the preferred one first
