"""Checklists: kept by a clerk in versions, and what an answer means."""

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from services.patrol.models import Checklist, Checkpoint
from shared.db import now
from shared.errors import Invalid, NotFound, Problem

#: What stands in the address of a checklist.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")

#: What may be said of an item that is in order or not.
OK_OR_NOT = {"ok": True, "fail": False}


class UnknownChecklist(Problem):
    """There is no such version of a checklist."""

    status = 422


def newest() -> Any:
    """The query for the last version of each checklist."""
    of_each = select(Checklist).ext(distinct_on(Checklist.code)).order_by(Checklist.code, Checklist.version.desc())
    return select(aliased(Checklist, of_each.subquery()))


def find(db: Session, code: str) -> Checklist:
    """The last version of one."""
    if (found := last(db, code)) is None:
        raise NotFound
    return found


def last(db: Session, code: str) -> Checklist | None:
    return db.scalar(select(Checklist).where(Checklist.code == code).order_by(Checklist.version.desc()).limit(1))


def put(db: Session, code: str, *, by: UUID, items: list[dict], places: list[UUID], **facts: Any) -> Checklist:
    """Make a new version, unless it would say the same. What was checked by an old one stays as it was."""
    _check(db, code, items, places)
    before = last(db, code)
    now_says = {"items": items, "places": sorted(set(places)), **facts}
    if before and all(getattr(before, name) == value for name, value in now_says.items()):
        return before
    number = before.version + 1 if before else 1
    made = Checklist(code=code, version=number, made_at=now(), made_by=by, **now_says)
    db.add(made)
    db.flush()
    return made


def by_version(db: Session, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Checklist]:
    """The checklists of these codes and versions, found at once."""
    pairs = set(wanted)
    if not pairs:
        return {}
    found = db.scalars(select(Checklist).where(Checklist.code.in_({code for code, _ in pairs})))
    return {(one.code, one.version): one for one in found if (one.code, one.version) in pairs}


def judge(checklist: Checklist, answers: list[dict]) -> list[str]:
    """The codes of the items that are not in order. Raises Invalid when that cannot be an answer."""
    items = {item["code"]: item for item in checklist.items}
    if len({answer["item"] for answer in answers}) < len(answers):
        raise Invalid(errors={"answers": ["twice"]})
    if strange := [answer["item"] for answer in answers if answer["item"] not in items]:
        raise Invalid(errors={"answers": [{"code": "unknown", "values": strange}]})
    return [answer["item"] for answer in answers if not _in_order(items[answer["item"]], answer["value"])]


def _in_order(item: dict, value: Any) -> bool:
    if item["kind"] == "number":
        return _between(item, value)
    choices = {one["code"]: not one["fails"] for one in item["choices"]} if item["kind"] == "choice" else OK_OR_NOT
    if value not in choices:
        raise Invalid(errors={"answers": ["invalid"]})
    return choices[value]


def _between(item: dict, value: Any) -> bool:
    try:
        number = float(value)
    except ValueError:
        raise Invalid(errors={"answers": ["invalid"]}) from None
    if not isfinite(number):
        raise Invalid(errors={"answers": ["invalid"]})
    low, high = item["low"], item["high"]
    return (low is None or number >= low) and (high is None or number <= high)


def _check(db: Session, code: str, items: list[dict], places: list[UUID]) -> None:
    errors: dict[str, list] = {}
    if not CODE.fullmatch(code):
        errors["code"] = ["invalid"]
    if len({item["code"] for item in items}) < len(items):
        errors["items"] = ["twice"]
    elif any(item["kind"] == "choice" and len(item["choices"]) < 2 for item in items):
        errors["items"] = ["choices_required"]
    there = set(db.scalars(select(Checkpoint.id).where(Checkpoint.id.in_(places))))
    if missing := sorted(set(places) - there):
        errors["places"] = [{"code": "unknown", "values": missing}]
    if errors:
        raise Invalid(errors=errors)
