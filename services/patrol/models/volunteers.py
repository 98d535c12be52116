"""Volunteers: what they told of themselves, and until when they are trained and insured."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base, OfPerson
from shared.crypto import EncryptedJSON
from shared.db import Ours, Versioned


class Volunteer(OfPerson, Ours, Versioned, Base):
    """Somebody who may be on the roster. Training and insurance are the clerk's word, all else is their own.

    Postgres refuses a crew whose training or insurance does not last until its shift is over (0019_roster.sql).
    """

    __tablename__ = "volunteers"
    __table_args__ = (
        CheckConstraint("max_a_week BETWEEN 1 AND 7", name="volunteers_max_a_week"),
        CheckConstraint("min_rest_hours BETWEEN 0 AND 72", name="volunteers_min_rest_hours"),
        CheckConstraint("(limits IS NULL) OR (consented_at IS NOT NULL)", name="volunteers_consent"),
        Index("volunteers_trained", "committee_id", "trained_until"),
    )

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    trained_until: Mapped[date | None]
    insured_until: Mapped[date | None]
    limits: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJSON("patrol.volunteers.limits"))
    stated_at: Mapped[datetime | None]
    consented_at: Mapped[datetime | None]
    max_a_week: Mapped[int] = mapped_column(default=2, server_default="2")
    min_rest_hours: Mapped[int] = mapped_column(default=10, server_default="10")
    free: Mapped[list] = mapped_column(default=list, server_default="[]")  # [{weekday, from, until}]; none: any time
    paused_until: Mapped[date | None]
