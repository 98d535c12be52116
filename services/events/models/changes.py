"""When plans change: polls for another date, and seats that pass from one person to another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import Activity
from services.events.models.base import Base
from shared.db import NEW_ID, Ours, now

SWAP_STATES = ("offered", "accepted", "declined", "withdrawn")


class Poll(Ours, Base):
    """Which of these dates would suit those who signed up for what was postponed."""

    __tablename__ = "polls"

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id), primary_key=True)
    options: Mapped[list]  # {starts_at, ends_at}
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    chosen: Mapped[int | None]


class PollAnswer(Ours, Base):
    """The dates that suit somebody; none of them is an answer, too."""

    __tablename__ = "poll_answers"

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Poll.activity_id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    options: Mapped[list]  # numbers, from 0
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class Swap(Ours, Base):
    """Somebody's seat, offered to a certain other person."""

    __allow_unmapped__ = True
    __tablename__ = "swaps"
    __table_args__ = (
        CheckConstraint(f"state IN {SWAP_STATES}", name="swaps_state"),
        Index("swaps_open", "activity_id", "from_id", unique=True, postgresql_where="state = 'offered'"),
        Index("swaps_to", "to_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id))
    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="offered")
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    activity: Mapped[Activity] = relationship()

    #: Whether it is the offer of the one who asks: not a column.
    from_me: bool = False
