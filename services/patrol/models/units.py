"""Units that look after what is found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from shared.db import Ours


class Unit(Ours, Base):
    """A member unit, as members last told us."""

    __tablename__ = "units"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool]
    changed_at: Mapped[datetime]
