"""Who is asked next when nobody answers, and what is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from shared.db import Ours, now

ENDINGS = ("answered", "stood_down", "nobody")


class Ladder(Ours, Base):
    """Rings of people, one after the other, until somebody answers."""

    __tablename__ = "ladders"
    __table_args__ = (
        ForeignKeyConstraint(["rule_id"], ["notify.rules.id"]),
        CheckConstraint(f"why_ended IN {ENDINGS}", name="ladders_why_ended"),
        CheckConstraint("(ended_at IS NULL) = (why_ended IS NULL)", name="ladders_ended"),
        Index("ladders_due", "next_at", postgresql_where="ended_at IS NULL"),
        Index("ladders_thread", "thread"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    thread: Mapped[UUID]
    event_id: Mapped[UUID]
    rule_id: Mapped[UUID]
    topic: Mapped[str]
    rings: Mapped[list]  # of audiences in their resolved form
    step: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime] = mapped_column(default=now)
    next_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    why_ended: Mapped[str | None]


class StandDown(Ours, Base):
    """Something is over: news of it that is older, but comes later, rings for nobody."""

    __tablename__ = "stand_downs"

    thread: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
