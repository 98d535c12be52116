"""A report of a phone on its way into our memory: examined by itself, stored with its whole batch."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.patrol.domain import checkpoints, shifts
from services.patrol.domain.moments import EARLY, OLDEST, Clock, Moment, judge
from services.patrol.models import Check, CheckIn, Pause, SecondLook, Shift, Skip, Trouble
from shared.errors import Invalid, Problem

#: What makes two reports with one id the same report. Coordinates are not in it: a hash could be tried out.
CONTENT = ("kind", "shift_id", "at", "seq", "checkpoint_id", "number", "qr", "how", "note", "trouble")

#: This too, where it is said: the hashes of reports that knew nothing of it stay as they are.
CONTENT_IF_SAID = ("skip", "check", "pause", "case_id", "fixed")


#: What a phone gives an id.
Storable = CheckIn | SecondLook | Trouble | Skip | Check | Pause


class AlreadyReported(Problem):
    """Something else was reported under this id."""


@dataclass
class Report:
    """A report, what we found out about it, and our verdict."""

    item: dict[str, Any]
    person_id: UUID
    shift: Shift | shifts.Watch | None = None
    checkpoint: checkpoints.Place | None = None
    moment: Moment | None = None
    outcome: str = "stored"
    problem: Problem | None = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        return self.item.get("kind", "")

    @property
    def good(self) -> bool:
        return self.problem is None and self.outcome == "stored"

    def refuse(self, problem: Problem) -> None:
        self.outcome, self.problem = "refused", problem

    def examine(self, mine: Mapping[UUID, Shift | shifts.Watch], named: checkpoints.Named, clock: Clock) -> None:
        """Find out what it is about and when it happened; refuse what cannot be."""
        try:
            if errors := self.item.get("errors"):
                raise Invalid(errors=errors)
            self.shift = self._shift(mine)
            self.checkpoint = named.of(self.item)
            if self.shift and self.kind != "trouble":  # trouble is welcome at any time
                shifts.check_takes_reports(self.shift, clock.received_at)
            self.moment = judge(
                self.item["at"], clock, earliest=self._earliest(clock), page_session=self.item.get("page_session")
            )
        except Problem as problem:
            self.refuse(problem)

    def refuse_after_end(self) -> None:
        """Refuse a check-in from after the end of its shift, which by now is known."""
        try:
            if self.shift and self.moment:
                shifts.check_not_after_end(self.shift, self.moment)
        except Problem as problem:
            self.refuse(problem)

    def verdict(self) -> dict[str, Any]:
        """What the phone hears about it."""
        return {
            "id": self.item["id"],
            "outcome": self.outcome,
            "code": type(self.problem).__name__ if self.problem else None,
            "happened_at": self.moment.happened_at if self.moment else None,
            "time_quality": self.moment.quality if self.moment else None,
        }

    def _shift(self, mine: Mapping[UUID, Shift | shifts.Watch]) -> Shift | shifts.Watch | None:
        shift_id = self.item.get("shift_id")
        if shift_id is None and self.kind == "trouble":
            return None
        if shift_id is None or shift_id not in mine:
            raise shifts.NotYourShift
        return mine[shift_id]

    def _earliest(self, clock: Clock):
        if self.shift and self.shift.starts_at - EARLY <= clock.received_at:
            return self.shift.starts_at - EARLY
        return clock.received_at - OLDEST

    def content(self) -> bytes:
        said = {name: self.item.get(name) for name in CONTENT} | {"person_id": self.person_id}
        said |= {name: self.item[name] for name in CONTENT_IF_SAID if self.item.get(name) is not None}
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()


def store(db: Session, model: type[Storable], batch: list[Report], rows: Mapping[UUID, dict]) -> None:
    """Store what is new of these, the rows by the reports' ids, and let each report know."""
    good = [report for report in batch if report.good]
    if good:
        statement = insert(model).on_conflict_do_nothing(index_elements=["id"]).returning(model.id)
        ids = sorted({report.item["id"] for report in good})  # two uploads of the same never wait for each other
        settle(db, model, good, db.scalars(statement, [rows[id] for id in ids]))


def settle(db: Session, model: type[Storable], reports: Iterable[Report], new: Iterable[UUID]) -> None:
    """Let each of these reports know whether it was stored now, was there before, or contradicts what was."""
    left = set(new)
    repeated = []
    for report in reports:
        if report.item["id"] in left:
            left.remove(report.item["id"])  # the first one was stored; what follows repeats it
        else:
            repeated.append(report)
    if not repeated:
        return
    columns = (model.id, model.content, model.happened_at, model.time_quality)
    known = {row.id: row for row in db.execute(select(*columns).where(model.id.in_(r.item["id"] for r in repeated)))}
    for report in repeated:
        row = known.get(report.item["id"])  # None: it is another committee's
        if row is None or bytes(row.content) != report.content():
            report.outcome, report.problem = "conflict", AlreadyReported()
            continue
        report.outcome, report.moment = "duplicate", Moment(row.happened_at, row.time_quality)


def trouble_row(report: Report, *, clock: Clock) -> dict[str, Any]:
    trouble = report.item["trouble"]
    return timed(report, clock) | {
        "shift_id": report.shift.id if report.shift else None,
        "place": trouble.get("place") or (report.checkpoint.label if report.checkpoint else ""),
        "kind": trouble["kind"],
        "words": trouble.get("words") or "",
    }


def timed(report: Report, clock: Clock) -> dict[str, Any]:
    assert report.moment  # noqa: S101  what is stored was examined
    return {
        "id": report.item["id"],
        "person_id": report.person_id,
        "checkpoint_id": report.checkpoint.id if report.checkpoint else None,
        "device_at": report.item["at"],
        "received_at": clock.received_at,
        "happened_at": report.moment.happened_at,
        "time_quality": report.moment.quality,
        "content": report.content(),
    }
