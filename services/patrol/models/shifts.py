"""The roster: shifts, and who walks them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, FetchedValue, ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, OfPerson
from services.patrol.models.squads import Squad
from shared.db import NEW_ID, Ours, Versioned

SHIFT_STATES = ("planned", "active", "ended", "cancelled")

#: What a shift is at, in one word; domain/phases.py finds it out.
PHASES = ("planned", "restored", "ready", "overdue", "active", "paused", "ended", "handed_over", "cancelled")


class Shift(Ours, Versioned, Base):
    """A squad's watch, from when to when."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint(f"state IN {SHIFT_STATES}", name="shifts_state"),
        CheckConstraint("starts_at < ends_at", name="shifts_times"),
        Index("shifts_by_start", "committee_id", "starts_at", "id"),
        Index("shifts_by_state", "committee_id", "state", "starts_at", "id"),
        Index("shifts_handed_over", "squad_id", "starts_at", postgresql_where="state = 'ended' AND handover <> ''"),
        Index("shifts_by_squad", "squad_id", "starts_at"),
        Index("shifts_paused", "weather_id", postgresql_where="weather_id IS NOT NULL"),
        Index("shifts_watched", "next_due_at", postgresql_where="state = 'active'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    squad_id: Mapped[UUID] = mapped_column(ForeignKey(Squad.id))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="planned")
    started_at: Mapped[datetime | None]
    started_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]  # None although ended: the clock closed what everybody forgot
    handover: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None]  # why it was cancelled
    outdoor: Mapped[bool] = mapped_column(default=True, server_default="true")
    weather_id: Mapped[UUID | None] = mapped_column(ForeignKey("patrol.weather_modes.id"))  # what cancelled it
    next_due_at: Mapped[datetime | None]  # a sign of life is due; None: nobody waits for one
    restored_at: Mapped[datetime | None]  # it was cancelled, and takes place after all
    carried: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid), default=list, server_default="{}"
    )  # open trouble, left to the next
    handover_read_at: Mapped[datetime | None]
    handover_read_by: Mapped[UUID | None]

    squad: Mapped[Squad] = relationship()
    crew: Mapped[list["Crew"]] = relationship(
        back_populates="shift", cascade="all, delete-orphan", order_by="(Crew.role, Crew.person_id)"
    )


class Crew(OfPerson, Ours, Base):
    """Somebody who walks a shift. Nobody walks two at the same time: Postgres sees to it."""

    __tablename__ = "shift_crew"
    __table_args__ = (
        CheckConstraint("role IN ('leader', 'member')", name="shift_crew_role"),
        ExcludeConstraint(("person_id", "="), ("during", "&&"), name="shift_crew_overlap", using="gist"),
    )

    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    role: Mapped[str]
    stand_in: Mapped[bool]  # walks for another squad than their own
    joined_at: Mapped[datetime | None]  # on the spot, by the leader's code; None: planned
    #: The shift's time, which triggers keep (migrations/versions/0002_patrol.sql); None: the shift is cancelled.
    during: Mapped[Range[datetime] | None] = mapped_column(TSTZRANGE, FetchedValue(), deferred=True)

    shift: Mapped[Shift] = relationship(back_populates="crew")
