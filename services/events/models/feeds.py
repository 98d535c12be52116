"""Calendars that people subscribe to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.base import Base
from shared.crypto import Hash
from shared.db import Ours, now


class Feed(Ours, Base):
    """The secret in the address of a person's calendar."""

    __tablename__ = "feeds"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(Hash, unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
