"""What phones report from the way: check-ins and trouble."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, Person
from services.patrol.models.places import Checkpoint
from services.patrol.models.shifts import Shift
from shared.crypto import Hash
from shared.db import Ours

QUALITIES = ("device", "corrected", "uncertain", "server")
WAYS = ("scan", "number", "tap")
TROUBLES = (
    "lamp", "fire_lane", "ice", "manhole", "charging_cable", "gas_smell", "person_needs_help", "dispute", "other",
)  # fmt: skip


class Timed:
    """The two clocks of a report, and what we make of them; see domain/moments.py."""

    device_at: Mapped[datetime]
    received_at: Mapped[datetime]
    happened_at: Mapped[datetime]
    time_quality: Mapped[str]


class CheckIn(Timed, Ours, Base):
    """A squad was here. Whether the phone was near is kept, where it was is not."""

    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint(f"time_quality IN {QUALITIES}", name="check_ins_time_quality"),
        CheckConstraint(f"how IN {WAYS}", name="check_ins_how"),
        Index("check_ins_by_shift", "shift_id", "happened_at"),
        {"postgresql_partition_by": "RANGE (id)"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id))
    checkpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey(Checkpoint.id))
    person_id: Mapped[UUID]
    device_id: Mapped[str]
    seq: Mapped[int | None]
    near: Mapped[bool | None]
    how: Mapped[str]
    note: Mapped[str]
    content: Mapped[bytes] = mapped_column(Hash)  # of what the phone said, to know a repeat from a conflict


class Trouble(Timed, Ours, Base):
    """Something that somebody must look after."""

    __tablename__ = "troubles"
    __table_args__ = (
        CheckConstraint(f"time_quality IN {QUALITIES}", name="troubles_time_quality"),
        CheckConstraint(f"kind IN {TROUBLES}", name="troubles_kind"),
        CheckConstraint("state IN ('open', 'taken', 'closed')", name="troubles_state"),
        Index("troubles_open", "happened_at", postgresql_where="state <> 'closed'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    shift_id: Mapped[UUID | None] = mapped_column(ForeignKey(Shift.id), index=True)
    checkpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey(Checkpoint.id))
    place: Mapped[str]
    kind: Mapped[str]
    words: Mapped[str]
    person_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="open", server_default="open")
    taken_by: Mapped[UUID | None]
    taken_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="", server_default="")
    content: Mapped[bytes] = mapped_column(Hash)

    shift: Mapped[Shift | None] = relationship()
    reporter: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Trouble.person_id) == Person.person_id", viewonly=True
    )

    @property
    def squad(self) -> str | None:
        return self.shift.squad.name if self.shift else None

    @property
    def reporter_name(self) -> str:
        return self.reporter.name if self.reporter else ""
