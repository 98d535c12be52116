"""Checklists: what is looked at where. A version that was used never changes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from shared.db import NEW_ID, Ours

ITEM_KINDS = ("ok_fail", "number", "choice")


class Checklist(Ours, Base):
    """One version of a checklist; a change is a new one. Postgres refuses to change an old one."""

    __tablename__ = "checklists"
    __table_args__ = (
        UniqueConstraint("committee_id", "code", "version", name="checklists_version"),
        CheckConstraint("version > 0", name="checklists_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    items: Mapped[list]  # schemas/checklists.py says what is in one
    places: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))  # the checkpoints at which it is gone through
    active: Mapped[bool]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID]
