"""Who was there, and the papers on which they signed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Sequence
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.activities import Activity
from services.events.models.base import Base
from shared.db import NEW_ID, Ours, now

#: How somebody's being there was taken down: ticked by the leader, by scanning the code, from paper, at the door.
SOURCES = ("leader", "scan", "sheet", "door")

#: Sheets are named by a number that people can type.
SHEET_NUMBERS = Sequence("sheet_numbers", metadata=Base.metadata)


class Attendance(Ours, Base):
    """Somebody was there. What was undone stays, so that a phone which reports it late does not bring it back."""

    __tablename__ = "attendances"
    __table_args__ = (
        CheckConstraint(f"source IN {SOURCES}", name="attendances_source"),
        Index("attendances_once", "activity_id", "person_id", unique=True, postgresql_where="undone_at IS NULL"),
        Index("attendances_person", "person_id", "at", postgresql_where="undone_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # made by the client
    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id))
    person_id: Mapped[UUID]  # a member, or a guest
    source: Mapped[str]
    at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=now)
    device_id: Mapped[str] = mapped_column(default="")
    by: Mapped[UUID | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None]
    credited: Mapped[int | None]  # minutes, as last told to the account of hours


class Sheet(Ours, Base):
    """A sign-in sheet on paper. *people*: whose row is whose, from the first; None: a row that was left blank."""

    __tablename__ = "sheets"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    number: Mapped[int] = mapped_column(BigInteger, server_default=SHEET_NUMBERS.next_value(), unique=True)
    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), index=True)
    people: Mapped[list]
    printed_at: Mapped[datetime] = mapped_column(default=now)


class Try(Ours, Base):
    """How often somebody gave a wrong code: it has six digits only."""

    __tablename__ = "code_tries"

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    wrong: Mapped[int]
