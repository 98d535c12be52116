"""What the sheets of shifts hold besides the route: all that a phone needs of the way, while it has no network."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.patrol.domain.way import checklists, key_areas, tips
from services.patrol.models import Check, Checklist, Shift, Skip, Tip, Trouble

Sheets = list[dict[str, Any]]


def complete(db: Session, shifts: Sequence[Shift], sheets: Sheets) -> Sheets:
    """Add to these sheets, in a constant number of queries, what only crews need."""
    ids = [shift.id for shift in shifts]
    known: dict[str, Any] = {
        "lists": list(db.scalars(checklists.newest())) if ids else [],
        "skips": _skips(db, ids),
        "checked": _checked(db, ids),
        "open": _open(db, sheets),
        "areas": key_areas.all_active(db) if ids else [],
        "tips": tips.all_active(db) if ids else [],
    }
    for shift, sheet in zip(shifts, sheets, strict=True):
        _complete(shift, sheet, **known)
    return sheets


def _complete(
    shift: Shift, sheet: dict, *, lists: list[Checklist], skips: dict, checked: dict, open: list[Trouble],
    areas: list, tips: list[Tip],
) -> None:  # fmt: skip
    way = {stop["id"] for stop in sheet["checkpoints"]}
    here = [one for one in lists if one.active and way & set(one.places)]
    for stop in sheet["checkpoints"]:
        stop["skipped"] = skips.get((shift.id, stop["id"]))
        stop["checklists"] = [one.code for one in here if stop["id"] in one.places]
        stop["checked"] = checked.get((shift.id, stop["id"]), [])
    carried = sheet["handover_before"]["carried"] if sheet["handover_before"] else []
    if sheet["handover_before"]:
        sheet["handover_before"]["items"] = [one for one in open if one.id in carried]
    sheet["open"] = [one for one in open if one.shift_id == shift.id or one.id in carried]
    sheet["checklists"] = here
    sheet["key_areas"] = key_areas.due(areas, shift, way)
    sheet["tip"] = _tip(tips, shift)


def _tip(all_tips: list[Tip], shift: Shift) -> Tip | None:
    return tips.of_shift(all_tips, shift.id, shift.starts_at)


def _skips(db: Session, shift_ids: list[UUID]) -> dict[tuple[UUID, UUID], dict]:
    """The last word on each checkpoint that was left out."""
    said = select(Skip).where(Skip.shift_id.in_(shift_ids)).order_by(Skip.happened_at, Skip.id)
    return {
        (one.shift_id, one.checkpoint_id): {"reason": one.reason, "note": one.note, "at": one.happened_at}
        for one in db.scalars(said)
    }


def _checked(db: Session, shift_ids: list[UUID]) -> dict[tuple[UUID, UUID], list[str]]:
    """The codes of the checklists that were gone through, by shift and checkpoint."""
    done = select(Check.shift_id, Check.checkpoint_id, Checklist.code).join(
        Checklist, Checklist.id == Check.checklist_id
    )
    found: dict[tuple[UUID, UUID], list[str]] = {}
    for shift_id, checkpoint_id, code in db.execute(done.where(Check.shift_id.in_(shift_ids)).distinct()):
        found.setdefault((shift_id, checkpoint_id), []).append(code)
    return found


def _open(db: Session, sheets: Sheets) -> list[Trouble]:
    """What is still open of these shifts, and of what was left to them."""
    carried = {one for sheet in sheets if sheet["handover_before"] for one in sheet["handover_before"]["carried"]}
    ours = or_(Trouble.shift_id.in_([sheet["id"] for sheet in sheets]), Trouble.id.in_(carried))
    return list(db.scalars(select(Trouble).where(ours, Trouble.state != "closed").order_by(Trouble.happened_at)))
