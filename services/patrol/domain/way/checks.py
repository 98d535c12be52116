"""Checks: a checklist gone through at a checkpoint. What is not in order becomes trouble at once."""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.patrol.domain import reports, troubles
from services.patrol.domain.moments import Clock
from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.domain.way import checklists
from services.patrol.models import Check, Checklist
from shared.errors import Problem

Known = dict[tuple[str, int], Checklist]


def take_in(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    """Store examined checks, and open trouble for what failed; sent twice, it is opened once."""
    known = checklists.by_version(db, {_version(report) for report in batch})
    rows = {}
    for report in reversed(batch):
        try:
            rows[report.item["id"]] = _row(report, known, clock)
        except Problem as problem:
            report.refuse(problem)
    reports.store(db, Check, [report for report in batch if report.good], rows)
    new = [report for report in batch if report.good]
    found = [trouble for report in new for trouble in _troubles(report, rows[report.item["id"]], known)]
    troubles.take_in(db, found, reader, clock)


def trouble_id(check_id: UUID, item: str) -> UUID:
    """Of the trouble that this item of a check opens."""
    return uuid5(check_id, item)


def _version(report: Report) -> tuple[str, int]:
    return report.item["check"]["code"], report.item["check"]["version"]


def _row(report: Report, known: Known, clock: Clock) -> dict[str, Any]:
    checklist = known.get(_version(report))
    if checklist is None:
        raise checklists.UnknownChecklist
    answers = report.item["check"]["answers"]
    return reports.timed(report, clock) | {
        "shift_id": report.item["shift_id"],
        "checklist_id": checklist.id,
        "answers": answers,
        "failed": checklists.judge(checklist, answers),
    }


def _troubles(report: Report, row: dict, known: Known) -> list[Report]:
    checklist = known[_version(report)]
    notes = {answer["item"]: answer.get("note") or "" for answer in row["answers"]}
    opened = [item for item in checklist.items if item["code"] in row["failed"] and item["fail_opens"]]
    return [_trouble(report, checklist, item, notes[item["code"]]) for item in opened]


def _trouble(report: Report, checklist: Checklist, item: dict, note: str) -> Report:
    words = f"{checklist.name}：{item['zh']}" + (f"。{note}" if note else "")
    said = {"kind": item["fail_opens"], "words": words}
    facts = {"id": trouble_id(report.item["id"], item["code"]), "kind": "trouble", "at": report.item["at"]}
    made = Report({**facts, "shift_id": report.item["shift_id"], "trouble": said}, report.person_id)
    made.shift, made.checkpoint, made.moment = report.shift, report.checkpoint, report.moment
    return made
