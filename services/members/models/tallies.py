"""Counts that are kept, because counting takes too long."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base
from shared.db import COMMITTEE, Ours


class Tally(Ours, Base):
    """How many members there are of something, as last counted; see domain/tallies.py."""

    __tablename__ = "tallies"

    committee_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=COMMITTEE)
    kind: Mapped[str] = mapped_column(primary_key=True)  # unit, node, group, skill
    key: Mapped[str] = mapped_column(primary_key=True)  # an id or a code
    members: Mapped[int]
