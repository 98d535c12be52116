"""What happens on the way besides check-ins: checkpoints left out, checks, pauses, who is along."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base
from services.patrol.models.checklists import Checklist
from services.patrol.models.places import Checkpoint
from services.patrol.models.reports import QUALITIES, Timed
from services.patrol.models.shifts import Shift
from shared.crypto import Hash
from shared.db import Ours

SKIP_REASONS = ("blocked", "locked", "unsafe", "weather", "called_away", "no_time", "other")
PAUSE_REASONS = ("warming", "helping", "waiting_for_help", "weather", "other")
MOMENTS = ("start", "end")

#: What became of a stop on the way of a shift that is over.
OUTCOMES = ("made", "skipped", "missed")


class Skip(Timed, Ours, Base):
    """A checkpoint that was left out, and why. It is an answer like any other."""

    __tablename__ = "skips"
    __table_args__ = (
        CheckConstraint(f"time_quality IN {QUALITIES}", name="skips_time_quality"),
        CheckConstraint(f"reason IN {SKIP_REASONS}", name="skips_reason"),
        Index("skips_by_shift", "shift_id", "happened_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id))
    checkpoint_id: Mapped[UUID] = mapped_column(ForeignKey(Checkpoint.id))
    person_id: Mapped[UUID]
    reason: Mapped[str]
    note: Mapped[str]
    content: Mapped[bytes] = mapped_column(Hash)


class Check(Timed, Ours, Base):
    """A checklist gone through at a checkpoint, in the version that the phone had."""

    __tablename__ = "checks"
    __table_args__ = (
        CheckConstraint(f"time_quality IN {QUALITIES}", name="checks_time_quality"),
        Index("checks_by_shift", "shift_id", "happened_at"),
        Index("checks_newest", "committee_id", "happened_at", "id"),
        Index("checks_at_checkpoint", "checkpoint_id", "happened_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id))
    checkpoint_id: Mapped[UUID] = mapped_column(ForeignKey(Checkpoint.id))
    checklist_id: Mapped[UUID] = mapped_column(ForeignKey(Checklist.id), index=True)
    person_id: Mapped[UUID]
    answers: Mapped[list]
    failed: Mapped[list[str]] = mapped_column(ARRAY(Text))  # codes of the items that were not in order
    content: Mapped[bytes] = mapped_column(Hash)

    shift: Mapped[Shift] = relationship()
    checkpoint: Mapped[Checkpoint] = relationship()
    checklist: Mapped[Checklist] = relationship()

    @property
    def squad(self) -> str:
        return self.shift.squad.name

    @property
    def place(self) -> str:
        return self.checkpoint.label


class Pause(Timed, Ours, Base):
    """A shift stands still for a while, and says for how long: nobody worries before that."""

    __tablename__ = "pauses"
    __table_args__ = (
        CheckConstraint(f"time_quality IN {QUALITIES}", name="pauses_time_quality"),
        CheckConstraint(f"reason IN {PAUSE_REASONS}", name="pauses_reason"),
        Index("pauses_one_open", "shift_id", unique=True, postgresql_where="ended_at IS NULL"),
        Index("pauses_by_shift", "shift_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id))
    person_id: Mapped[UUID]
    reason: Mapped[str]
    until: Mapped[datetime]  # a sign of life is due by then
    ended_at: Mapped[datetime | None]
    content: Mapped[bytes] = mapped_column(Hash)


class Confirmation(Ours, Base):
    """Who is along, as the leader said at the start and at the end: one phone may speak for the whole crew."""

    __tablename__ = "crew_confirmations"
    __table_args__ = (CheckConstraint(f"moment IN {MOMENTS}", name="crew_confirmations_moment"),)

    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id), primary_key=True)
    moment: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[UUID]
    present: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class JoinTry(Ours, Base):
    """How often somebody gave a wrong code to join a patrol: it has six digits only."""

    __tablename__ = "join_tries"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    since: Mapped[datetime]
