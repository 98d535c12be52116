"""Calls: silence that somebody should look after, and calls for help."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, OfPerson, Person
from services.patrol.models.places import Checkpoint
from services.patrol.models.shifts import Shift
from shared.db import NEW_ID, Ours
from shared.schemas.patrol import STEPS

REASONS = ("check_in", "ended", "all_well")


class Alarm(Ours, Base):
    """A time for which a squad was not heard of. It belongs to a shift, never to a person."""

    __tablename__ = "alarms"
    __table_args__ = (
        CheckConstraint(f"step IN {STEPS}", name="alarms_step"),
        CheckConstraint(f"reason IN {REASONS}", name="alarms_reason"),
        Index("alarms_one_open", "shift_id", unique=True, postgresql_where="ended_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id), index=True)
    began_at: Mapped[datetime]
    step: Mapped[str]
    next_at: Mapped[datetime | None]  # when the next people are asked; None: nobody more
    looked_after_by: Mapped[UUID | None]  # while somebody looks, nobody more is asked
    looked_after_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")

    shift: Mapped[Shift] = relationship()
    helper: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Alarm.looked_after_by) == Person.person_id", viewonly=True
    )


class Sos(OfPerson, Ours, Base):
    """Somebody called for help."""

    __tablename__ = "sos"
    __table_args__ = (
        Index("sos_open", "raised_at", postgresql_where="stood_down_at IS NULL"),
        Index("sos_newest", "committee_id", "raised_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    person_id: Mapped[UUID] = mapped_column(index=True)
    shift_id: Mapped[UUID | None] = mapped_column(ForeignKey(Shift.id), index=True)
    checkpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey(Checkpoint.id))
    device_at: Mapped[datetime]
    raised_at: Mapped[datetime]  # when we heard it
    acknowledged_by: Mapped[UUID | None]
    acknowledged_at: Mapped[datetime | None]
    stood_down_by: Mapped[UUID | None]
    stood_down_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="", server_default="")

    shift: Mapped[Shift | None] = relationship()
    checkpoint: Mapped[Checkpoint | None] = relationship()
    helper: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Sos.acknowledged_by) == Person.person_id", viewonly=True
    )

    @property
    def squad(self) -> str | None:
        return self.shift.squad.name if self.shift else None

    @property
    def place(self) -> str | None:
        return self.checkpoint.label if self.checkpoint else None

    @property
    def acknowledged_by_name(self) -> str | None:
        return self.helper.name if self.helper else None
