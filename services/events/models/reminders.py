"""Of which activities people were reminded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.activities import Activity
from services.events.models.base import Base
from shared.db import Ours
from shared.schemas.events import AHEAD


class Reminder(Ours, Base):
    """Those who have a seat were reminded that it begins then; when it moves, they are again."""

    __tablename__ = "reminders"
    __table_args__ = (CheckConstraint(f"ahead IN {AHEAD}", name="reminders_ahead"), Index("reminders_old", "starts_at"))

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True)
    ahead: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
