"""The worker's part: week by week, each written down as soon as it is solved, until all are or somebody stops it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from services.patrol.domain.hands import Hand
from services.patrol.domain.planning import asking, reasons
from services.patrol.domain.planning.problem import Drawn, as_document, draw
from services.patrol.models import Place, Plan, Slot
from shared.db import locked, now, transaction

#: All weeks together may take so long: less than a worker gives a task.
SECONDS = 60.0

log = structlog.get_logger()

Solver = Callable[[dict[str, Any]], Iterator[dict[str, Any]]]


def work(committee_id: UUID, plan_id: UUID, solver: Solver) -> None:
    """Work a plan out. Done twice, it is done once: a plan that is not waited for is left alone."""
    with transaction("patrol", committee_id) as db:
        begun = _begin(db, plan_id)
    if begun is None:
        return
    drawn, document = begun
    order = sorted(drawn.hands)
    weeks = solver(document)
    try:
        for number, week in enumerate(weeks):
            with transaction("patrol", committee_id) as db:
                if not _keep(
                    db, drawn, number, [(slot, order[index]) for slot, index in week["chosen"]], week["solved"]
                ):
                    return
    except Exception:
        log.exception("the roster could not be worked out", plan=str(plan_id))
        with transaction("patrol", committee_id) as db:
            db.execute(update(Plan).where(Plan.id == plan_id, Plan.state == "running").values(state="failed"))
    finally:
        weeks.close()  # type: ignore[attr-defined]


def _begin(db: Session, plan_id: UUID) -> tuple[Drawn, dict[str, Any]] | None:
    """What the solver is given; None: nobody waits for it."""
    plan = db.get(Plan, plan_id, with_for_update=True, populate_existing=True)
    if plan is None or plan.state not in asking.AT_WORK:
        return None
    plan.starts, plan.touched_at, plan.weeks_done, plan.solved = plan.starts + 1, now(), 0, []
    plan.state = "stopped" if plan.stop else "running"
    db.flush()
    if plan.stop:
        return None
    drawn = draw(db, asking.seen(db, plan_id))
    return drawn, as_document(drawn, SECONDS / max(1, len(drawn.weeks)))


def _keep(db: Session, drawn: Drawn, number: int, chosen: list[tuple[int, UUID]], solved: dict[str, Any]) -> bool:
    """Write a week down; False: somebody stopped it, or published it meanwhile."""
    plan = locked(db, Plan, drawn.plan_id)
    if plan.state != "running" or plan.stop:
        plan.state = "stopped" if plan.state == "running" else plan.state
        return False
    _write(db, drawn, drawn.weeks[number], chosen)
    plan.solved, plan.touched_at = [*plan.solved, solved], now()
    is_last = number + 1 == len(drawn.weeks)
    plan.weeks_done = plan.weeks if is_last else min(plan.weeks, number + 1)
    plan.state = "done" if is_last else "running"
    db.flush()
    return True


def _write(db: Session, drawn: Drawn, week: list[Slot], chosen: list[tuple[int, UUID]]) -> None:
    """Who is proposed and why, and when the whole week is known, what is missing."""
    rows = {slot.number: slot for slot in asking.seen(db, drawn.plan_id).slots}
    crews: dict[int, list[Hand]] = {slot.number: [] for slot in week}
    for slot_number, person_id in chosen:
        crews[slot_number].append(drawn.hands[person_id])
    for slot in week:
        _propose(drawn, rows[slot.number], crews[slot.number])
        for hand in crews[slot.number]:
            drawn.note(hand.id, slot)
    for slot in week:
        row = rows[slot.number]
        row.missing, row.gaps = reasons.of_gaps(drawn, row, crews[slot.number])


def _propose(drawn: Drawn, slot: Slot, crew: list[Hand]) -> None:
    there = {place.person_id: place for place in slot.places}
    slot.places = [_place(drawn, slot, hand, crew, there.get(hand.id)) for hand in crew]


def _place(drawn: Drawn, slot: Slot, hand: Hand, crew: list[Hand], before: Place | None) -> Place:
    place = before or Place(person_id=hand.id, fixed=False)
    if not place.fixed:
        place.why = reasons.of_place(drawn, slot, hand, crew, kept=before is not None)
    return place
