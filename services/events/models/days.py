"""Which days are not what their weekday says."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.base import Base
from shared.db import COMMITTEE, Ours

#: A public holiday, a working day although it is a weekend, or what the weekday says, whatever the calendar thinks.
DAY_KINDS = ("holiday", "working", "ordinary")


class Day(Ours, Base):
    """A day as the State Council decided; *corrected*: by a clerk, whom the calendar does not overrule."""

    __tablename__ = "days"
    __table_args__ = (CheckConstraint(f"kind IN {DAY_KINDS}", name="days_kind"),)

    committee_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=COMMITTEE)
    on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    corrected: Mapped[bool] = mapped_column(default=False)
