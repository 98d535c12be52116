"""Photos of what was found and of how it was fixed. The picture itself is a sealed file."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from services.patrol.models.cases import Case, CaseReport
from shared.crypto import Hash
from shared.db import NEW_ID, Ours, now


class Photo(Ours, Base):
    """A picture that belongs to a case, drawn anew by us: nothing of the file that was sent is in it."""

    __tablename__ = "photos"
    __table_args__ = (CheckConstraint("(part = 'found') = (report_id IS NOT NULL)", name="photos_part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    report_id: Mapped[UUID | None] = mapped_column(ForeignKey(CaseReport.id), unique=True)
    part: Mapped[str]  # found, fixed
    file: Mapped[str]
    sent: Mapped[bytes] = mapped_column(Hash)  # of what was sent, to know a repeat
    width: Mapped[int]
    height: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=now)
