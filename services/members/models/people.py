"""Members and where they belong."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base
from shared.db import NEW_ID, Ours


class Person(Ours, Base):
    """A member."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    name: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(index=True)  # of the home branch
    active: Mapped[bool] = mapped_column(default=True)
