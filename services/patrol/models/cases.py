"""Cases: what was found, who looks after it until when, and who reported it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, Person
from services.patrol.models.places import Checkpoint
from services.patrol.models.reports import TROUBLES
from services.patrol.models.units import Unit
from shared.crypto import EncryptedJSON, Hash
from shared.db import NEW_ID, Ours, Versioned, now

#: What concerns people stays with the duty desk: no case, no number, no history.
ABOUT_PEOPLE = ("person_needs_help", "dispute")
CASE_KINDS = (
    *(kind for kind in TROUBLES if kind not in (*ABOUT_PEOPLE, "other")),
    "water", "heating", "lift", "road", "rubbish", "noise", "other",
)  # fmt: skip
SEVERITIES = ("low", "normal", "high", "urgent")
OPEN_CASES = ("received", "routed", "in_hand", "paused", "reopened")
ENDED_CASES = ("confirmed", "closed", "merged", "dropped")
CASE_STATES = (*OPEN_CASES, "fixed", *ENDED_CASES)
#: done: seen to, also when nobody has said so yet; counted: all but what was another case or none.
DONE_CASES = ("fixed", "confirmed", "closed")
CASE_GROUPS = {
    "open": OPEN_CASES,
    "fixed": ("fixed",),
    "ended": ENDED_CASES,
    "done": DONE_CASES,
    "counted": (*OPEN_CASES, *DONE_CASES),
}
PAUSES = ("waiting_part", "weather", "needs_decision", "resident_away")
CASE_CHANNELS = ("web", "phone", "paper", "member", "patrol", "check")
CASE_STEPS = (
    "received", "joined", "routed", "taken", "paused", "resumed", "fixed", "confirmed", "reopened", "looked_again",
    "climbed", "merged", "took_over", "dropped", "closed",
)  # fmt: skip


class Case(Ours, Versioned, Base):
    """Something that somebody must see to. Without a unit it is the duty desk's."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(f"kind IN {CASE_KINDS}", name="cases_kind"),
        CheckConstraint(f"severity IN {SEVERITIES}", name="cases_severity"),
        CheckConstraint(f"state IN {CASE_STATES}", name="cases_state"),
        CheckConstraint(f"pause_reason IN {PAUSES}", name="cases_pause_reason"),
        CheckConstraint("(state = 'paused') = (paused_at IS NOT NULL)", name="cases_paused"),
        CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="cases_merged"),
        CheckConstraint("level BETWEEN 0 AND 2", name="cases_level"),
        Index("cases_newest", "committee_id", "opened_at", "id"),
        Index("cases_twins", "kind", "place_key", postgresql_where=f"state NOT IN {ENDED_CASES}"),
        Index("cases_of_unit", "unit_id", "opened_at"),
        Index("cases_climbing", "climbs_at", postgresql_where="climbs_at IS NOT NULL"),
        Index("cases_to_look_at", "zone", postgresql_where="state = 'fixed'"),
        Index("cases_ended", "ended_at", postgresql_where="ended_at IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    number: Mapped[str] = mapped_column(index=True)  # of the first report
    kind: Mapped[str]
    place: Mapped[str]
    place_key: Mapped[str | None]  # equal for what is at the same place
    zone: Mapped[str | None]
    checkpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey(Checkpoint.id), index=True)
    words: Mapped[str]
    severity: Mapped[str]
    state: Mapped[str]
    unit_id: Mapped[UUID | None]
    level: Mapped[int] = mapped_column(default=0)  # who is asked to see to it: 0 the owner, 1 the desk, 2 the secretary
    opened_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None]
    climbs_at: Mapped[datetime | None]  # when the next level is told, or a reporter has been silent for long
    paused_at: Mapped[datetime | None]
    pause_reason: Mapped[str | None]
    fixed_at: Mapped[datetime | None]
    fixed_words: Mapped[str] = mapped_column(default="")
    looked_again_at: Mapped[datetime | None]  # when a patrol found that it is fixed
    ended_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("patrol.cases.id"))

    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Case.unit_id) == Unit.unit_id", viewonly=True)
    reports: Mapped[list["CaseReport"]] = relationship(order_by="CaseReport.reported_at, CaseReport.id", viewonly=True)
    steps: Mapped[list["CaseStep"]] = relationship(order_by="CaseStep.at, CaseStep.id", viewonly=True)


class CaseReport(Ours, Base):
    """Somebody told of it: a member, or a resident without an account, who asks by number and PIN."""

    __tablename__ = "case_reports"
    __table_args__ = (
        UniqueConstraint("committee_id", "number", name="case_reports_number"),
        CheckConstraint(f"channel IN {CASE_CHANNELS}", name="case_reports_channel"),
        CheckConstraint("contact IS NULL OR consented_at IS NOT NULL", name="case_reports_consent"),
        Index("case_reports_of_person", "person_id", "reported_at", postgresql_where="person_id IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # of whoever tells
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    number: Mapped[str]
    channel: Mapped[str]
    person_id: Mapped[UUID | None]
    place: Mapped[str]
    words: Mapped[str]
    contact: Mapped[dict | None] = mapped_column(EncryptedJSON("patrol.case_reports.contact"))  # {name, phone}
    consented_at: Mapped[datetime | None]
    slip: Mapped[int] = mapped_column(default=0)  # a new slip has a new PIN
    reported_at: Mapped[datetime] = mapped_column(default=now)
    fixed: Mapped[bool | None]  # what they say of it
    answered_at: Mapped[datetime | None]
    content: Mapped[bytes] = mapped_column(Hash)

    case: Mapped[Case] = relationship()
    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(CaseReport.person_id) == Person.person_id", viewonly=True
    )


class CaseStep(Ours, Base):
    """What was done about a case, and why when nobody did it. Rows are only added."""

    __tablename__ = "case_steps"
    __table_args__ = (CheckConstraint(f"step IN {CASE_STEPS}", name="case_steps_step"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    step: Mapped[str]
    by: Mapped[UUID | None]
    words: Mapped[str] = mapped_column(default="")
    why: Mapped[list] = mapped_column(default=list)

    person: Mapped[Person | None] = relationship(primaryjoin="foreign(CaseStep.by) == Person.person_id", viewonly=True)


class CaseRule(Ours, Versioned, Base):
    """Who sees to what, where, within how many hours."""

    __tablename__ = "case_rules"
    __table_args__ = (
        UniqueConstraint("committee_id", "kind", "zone", name="case_rules_once", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"kind IN {CASE_KINDS}", name="case_rules_kind"),
        CheckConstraint("hours_to_take > 0 AND hours_to_fix >= hours_to_take", name="case_rules_hours"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    kind: Mapped[str]
    zone: Mapped[str | None]  # None: wherever no other rule says otherwise
    unit_id: Mapped[UUID | None]  # None: the duty desk
    hours_to_take: Mapped[int]
    hours_to_fix: Mapped[int]
