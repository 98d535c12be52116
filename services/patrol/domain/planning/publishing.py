"""A plan becomes shifts, all at once. Everybody gets one message with all of their shifts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from services.patrol.domain import hands
from services.patrol.domain.hands import Hand
from services.patrol.domain.news import tell_board
from services.patrol.domain.planning import asking
from services.patrol.domain.planning.problem import span_of
from services.patrol.domain.refusals import refusal
from services.patrol.models import Crew, Place, Plan, Shift, Slot, Squad
from shared.db import now
from shared.errors import Problem
from shared.outbox import publish as tell
from shared.schemas.patrol import RosterPublished

#: Nobody walks alone.
AT_LEAST = 2
#: What no crew can have.
NEVER = frozenset({"not_trained", "not_insured", "walks_then"})


class NobodyPlanned(Problem):
    """No shift of this plan has a crew yet."""


class PlanOutdated(Problem):
    """Since it was made, somebody was put on another shift or is not trained or insured any more; plan it again."""


def publish(db: Session, plan_id: UUID) -> Plan:
    """Whatever has a crew becomes a shift; slots with fewer than two people are left out, and said to be."""
    asking.at_rest(db, plan_id)
    plan = asking.seen(db, plan_id)
    ready = [slot for slot in plan.slots if len(slot.places) >= AT_LEAST and slot.starts_at > now()]
    if not ready:
        raise NobodyPlanned
    _expect_current(db, ready)
    shifts = _make(db, ready)
    plan.state, plan.published_at = "published", now()
    try:
        db.flush()
    except IntegrityError as error:
        if refusal(error):
            raise PlanOutdated(slots=[]) from None
        raise
    for slot, shift in zip(ready, shifts, strict=True):
        slot.shift_id = shift.id
    db.flush()
    _tell_everybody(db, plan, ready)
    tell_board(db, "shift", shifts[0].id)
    return asking.seen(db, plan_id)


def _expect_current(db: Session, ready: list[Slot]) -> None:
    """What is on the roster by now, and how papers are by now, speaks against no place."""
    everybody = {place.person_id for slot in ready for place in slot.places}
    first, last = min(slot.starts_at for slot in ready), max(slot.ends_at for slot in ready)
    known = hands.read(db, first, last, everybody)
    if outdated := sorted({slot.number for slot in ready for place in slot.places if _is_outdated(known, slot, place)}):
        raise PlanOutdated(slots=outdated)


def _is_outdated(known: dict[UUID, Hand], slot: Slot, place: Place) -> bool:
    """As it is by now; who can walk it is busy then from here on."""
    hand = known.get(place.person_id)
    if hand is None or NEVER.intersection(hand.against(span_of(slot))):
        return True
    hand.busy.append((slot.starts_at, slot.ends_at))
    return False


def _make(db: Session, ready: Iterable[Slot]) -> list[Shift]:
    squads = {squad.id: squad for squad in db.scalars(select(Squad).options(selectinload(Squad.members)))}
    shifts = [_shift(slot, squads[slot.squad_id]) for slot in ready]
    db.add_all(shifts)
    return shifts


def _shift(slot: Slot, squad: Squad) -> Shift:
    own = {squad.leader_id, *(member.person_id for member in squad.members)}
    crew = [place.person_id for place in slot.places]
    leader = squad.leader_id if squad.leader_id in crew else next((one for one in crew if one in own), crew[0])
    shift = Shift(squad_id=squad.id, starts_at=slot.starts_at, ends_at=slot.ends_at, outdoor=slot.outdoor)
    shift.crew = [
        Crew(person_id=one, role="leader" if one == leader else "member", stand_in=one not in own) for one in crew
    ]
    return shift


def _tell_everybody(db: Session, plan: Plan, ready: Iterable[Slot]) -> None:
    theirs: dict[UUID, list[datetime]] = defaultdict(list)
    for slot in ready:
        for place in slot.places:
            theirs[place.person_id].append(slot.starts_at)
    for person_id, times in theirs.items():
        facts: dict[str, Any] = {"person_id": person_id, "shifts": times, "turns": len(times)}
        tell(db, RosterPublished, subject=plan.id, plan_id=plan.id, **facts)
