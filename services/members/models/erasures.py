"""Who asked to be forgotten: an id that stands for nobody any more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base
from shared.db import Ours, now


class Erasure(Ours, Base):
    """Somebody who asked to be forgotten. *known*: their name, until the worker has removed it everywhere."""

    __tablename__ = "erasures"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, server_default="now()")
    asked_by: Mapped[UUID | None]
    known: Mapped[str | None]
