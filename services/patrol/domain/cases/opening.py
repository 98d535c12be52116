"""Somebody tells of something: it opens a case, or joins the one that is open about the same thing."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain.cases import moving, numbers, routing
from services.patrol.domain.cases.steps import note
from services.patrol.domain.reports import AlreadyReported
from services.patrol.models import ABOUT_PEOPLE, ENDED_CASES, SEVERITIES, Case, CaseReport, Checkpoint
from shared.crypto import blind
from shared.db import now

#: The same kind at the same place within this time is the same thing.
TWINS = timedelta(days=14)

#: How pressing something is by its nature; all else is normal.
PRESSING = {"gas_smell": "urgent", "manhole": "high", "fire_lane": "high", "ice": "high"}

#: Two who tell of one thing at once: the second one waits, and joins.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('case ' || bus.committee() || :what, 4))")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody tells, whichever way.

    *desk_knows*: it is on the board already, as trouble. *settled*: of the past; it joins nothing, and nobody is told.
    """

    id: UUID
    kind: str
    place: str
    channel: str
    words: str = ""
    zone: str | None = None
    checkpoint_id: UUID | None = None
    severity: str | None = None
    person_id: UUID | None = None
    contact: dict[str, Any] | None = None
    reported_at: datetime | None = None
    desk_knows: bool = False
    settled: bool = False

    @property
    def key(self) -> str | None:
        """Equal for what is at the same place; None where nobody can tell."""
        if self.checkpoint_id:
            return f"checkpoint {self.checkpoint_id}"
        plain = "".join(c for c in unicodedata.normalize("NFKC", self.place).casefold() if c.isalnum())
        return f"{self.zone or ''} {plain}" if plain else None

    def content(self) -> bytes:
        said = {name: getattr(self, name) for name in ("kind", "place", "words", "zone", "checkpoint_id", "contact")}
        return blind(orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode())


@dataclass(frozen=True)
class Taken:
    """A report in its case. *twin*: the case was open before."""

    report: CaseReport
    case: Case
    twin: bool


def take_in(db: Session, told: Told) -> Taken:
    """Take it in; sent twice, it is one report."""
    if known := db.get(CaseReport, told.id, options=[joinedload(CaseReport.case)]):
        return _repeated(known, told)
    if told.key:
        db.execute(ONE_AT_A_TIME, {"what": f"{told.kind} {told.key}"})
    if twin := _twin(db, told):
        return _join(db, twin, told)
    return _open(db, told)


def from_trouble(db: Session, row: dict[str, Any], *, person_id: UUID) -> Taken | None:
    """Trouble that a squad or a member reported is a case too, unless it is about people."""
    if row["kind"] in ABOUT_PEOPLE:
        return None
    checkpoint = db.get(Checkpoint, row["checkpoint_id"]) if row["checkpoint_id"] else None
    told = Told(
        id=row["id"], kind=row["kind"], place=row["place"], words=row["words"], person_id=person_id, desk_knows=True,
        channel="patrol" if row["shift_id"] else "member", checkpoint_id=row["checkpoint_id"],
        zone=checkpoint.zone if checkpoint else None, reported_at=row["happened_at"],
    )  # fmt: skip
    return take_in(db, told)


def open_from_check(
    db: Session, *, id: UUID, kind: str, words: str, person_id: UUID, checkpoint_id: UUID | None, place: str = ""
) -> Taken:
    """What a checklist found wrong; *id* is that of the answer, so that an upload sent twice opens one case."""
    checkpoint = db.get(Checkpoint, checkpoint_id) if checkpoint_id else None
    facts = {"place": checkpoint.label, "zone": checkpoint.zone} if checkpoint else {"place": place}
    told = Told(
        id=id, kind=kind, words=words, person_id=person_id, checkpoint_id=checkpoint_id, channel="check", **facts
    )
    return take_in(db, told)


def _repeated(known: CaseReport, told: Told) -> Taken:
    if bytes(known.content) != told.content() or known.person_id != told.person_id:
        raise AlreadyReported
    return Taken(known, known.case, twin=known.number != known.case.number)


def _twin(db: Session, told: Told) -> Case | None:
    if told.key is None or told.settled:
        return None
    same = (Case.kind == told.kind, Case.place_key == told.key, Case.state.not_in(ENDED_CASES))
    recent = Case.opened_at > now() - TWINS
    return db.scalar(select(Case).where(*same, recent).order_by(Case.opened_at).limit(1).with_for_update())


def _open(db: Session, told: Told) -> Taken:
    severity = told.severity or PRESSING.get(told.kind, "normal")
    number = numbers.new(db)
    facts = {name: getattr(told, name) for name in ("kind", "place", "zone", "checkpoint_id", "words")}
    case = Case(
        number=number, place_key=told.key, severity=severity, state="received",
        opened_at=told.reported_at or now(), **facts,
    )  # fmt: skip
    db.add(case)
    db.flush()
    report = _report(db, case, told, number)
    routing.by_rule(db, case, desk_knows=told.desk_knows, quiet=told.settled)
    return Taken(report, case, twin=False)


def _join(db: Session, case: Case, told: Told) -> Taken:
    report = _report(db, case, told, numbers.new(db))
    if told.severity and SEVERITIES.index(told.severity) > SEVERITIES.index(case.severity):
        case.severity = told.severity
    note(db, case, "joined", by=told.person_id, why=[{"code": "twin", "number": report.number}])
    if case.state == "fixed":
        moving.reopen(db, case, why=[{"code": "reported_again"}])
    return Taken(report, case, twin=True)


def _report(db: Session, case: Case, told: Told, number: str) -> CaseReport:
    facts = {name: getattr(told, name) for name in ("id", "channel", "person_id", "place", "words", "contact")}
    report = CaseReport(
        case_id=case.id, number=number, content=told.content(), reported_at=told.reported_at or now(),
        consented_at=now() if told.contact else None, **facts,
    )  # fmt: skip
    db.add(report)
    db.flush()
    return report
