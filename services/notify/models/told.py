"""How telling of an event fares, where that takes too long to count each time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from shared.db import Ours


class ToldCounts(Ours, Base):
    """The last count of an event that was told to many; see domain/tallies.py."""

    __tablename__ = "told_counts"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    people: Mapped[int]
    answered: Mapped[int]
    unreachable: Mapped[int]
    queued: Mapped[int]
    sent: Mapped[int]
    delivered: Mapped[int]
    failed: Mapped[int]
    counted_at: Mapped[datetime]
