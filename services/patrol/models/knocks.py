"""Who knocks how often: hashes with a key, kept a day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from shared.crypto import Hash
from shared.db import NEW_ID, Ours, now


class Knock(Ours, Base):
    """Something was done that nobody may do too often."""

    __tablename__ = "knocks"
    __table_args__ = (Index("knocks_of_whom", "what", "at"), Index("knocks_old", "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    what: Mapped[bytes] = mapped_column(Hash)  # blind: an address, a case's number, a telephone number
    at: Mapped[datetime] = mapped_column(default=now)
