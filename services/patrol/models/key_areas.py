"""Key areas with their calendar, and the tips of the season."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base
from services.patrol.models.places import Checkpoint
from shared.db import NEW_ID, Ours, Versioned

DAY_KINDS = ("school", "market", "festival", "exam_quiet", "other")


class KeyArea(Ours, Versioned, Base):
    """Somewhere that wants more care than the rest of the way: every so often, or so many times a shift."""

    __tablename__ = "key_areas"
    __table_args__ = (
        CheckConstraint("num_nonnulls(every_minutes, times) = 1", name="key_areas_rhythm"),
        CheckConstraint("every_minutes BETWEEN 5 AND 240", name="key_areas_every"),
        CheckConstraint("times BETWEEN 1 AND 10", name="key_areas_times"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    name: Mapped[str]
    zone: Mapped[str | None]
    every_minutes: Mapped[int | None]
    times: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)

    spots: Mapped[list["KeyAreaPlace"]] = relationship(
        cascade="all, delete-orphan", order_by="KeyAreaPlace.checkpoint_id"
    )
    days: Mapped[list["KeyAreaDay"]] = relationship(
        cascade="all, delete-orphan", order_by="(KeyAreaDay.on_day, KeyAreaDay.weekday, KeyAreaDay.begins)"
    )

    @property
    def checkpoints(self) -> list[UUID]:
        return [spot.checkpoint_id for spot in self.spots]


class KeyAreaPlace(Ours, Base):
    """A checkpoint in a key area."""

    __tablename__ = "key_area_checkpoints"

    key_area_id: Mapped[UUID] = mapped_column(ForeignKey(KeyArea.id), primary_key=True)
    checkpoint_id: Mapped[UUID] = mapped_column(ForeignKey(Checkpoint.id), primary_key=True, index=True)


class KeyAreaDay(Ours, Base):
    """When a key area matters: on one day, or each week within a season. Clock times are those of Shanghai."""

    __tablename__ = "key_area_days"
    __table_args__ = (
        CheckConstraint(f"kind IN {DAY_KINDS}", name="key_area_days_kind"),
        CheckConstraint("num_nonnulls(on_day, weekday) = 1", name="key_area_days_when"),
        CheckConstraint("weekday BETWEEN 1 AND 7", name="key_area_days_weekday"),
        CheckConstraint("begins < ends", name="key_area_days_times"),
        CheckConstraint("first_day <= last_day", name="key_area_days_season"),
        Index("key_area_days_of_area", "key_area_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    key_area_id: Mapped[UUID] = mapped_column(ForeignKey(KeyArea.id))
    kind: Mapped[str]
    on_day: Mapped[date | None]
    weekday: Mapped[int | None]  # 1 is Monday
    first_day: Mapped[date | None]  # of the season; None: since ever
    last_day: Mapped[date | None]
    begins: Mapped[time]
    ends: Mapped[time]
    note: Mapped[str]


class Tip(Ours, Versioned, Base):
    """A word of advice for some months of the year: one a shift, on the phone."""

    __tablename__ = "tips"
    __table_args__ = (CheckConstraint("months <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", name="tips_months"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    months: Mapped[list[int]] = mapped_column(ARRAY(Integer))  # empty: all the year
    zh: Mapped[str]
    en: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
