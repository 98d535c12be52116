"""Where squads walk: zones, and the checkpoints in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from shared.db import COMMITTEE, NEW_ID, Ours, Versioned


class Zone(Ours, Base):
    """A compound or a responsibility zone, as members last told us."""

    __tablename__ = "zones"

    committee_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=COMMITTEE)
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(server_default="place")  # place: a compound; zone: a part of one
    name: Mapped[str]
    active: Mapped[bool]
    changed_at: Mapped[datetime]


class Checkpoint(Ours, Versioned, Base):
    """A place at which squads check in: by its QR code, by its number, or by a tap."""

    __tablename__ = "checkpoints"
    __table_args__ = (
        UniqueConstraint("committee_id", "code", name="checkpoints_code"),
        UniqueConstraint("committee_id", "number", name="checkpoints_number"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="checkpoints_place"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    number: Mapped[int]  # short enough to be typed in the cold
    name: Mapped[str]
    zone: Mapped[str | None]
    lat: Mapped[float | None]  # WGS-84
    lon: Mapped[float | None]
    qr_token: Mapped[str] = mapped_column(unique=True)  # what the printed code says
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def label(self) -> str:
        """How people call it: P07 自行车棚."""
        return f"{self.code} {self.name}"
