"""Weather for which venues close or open, as patrol last told us."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.base import Base
from shared.db import Ours
from shared.schemas.patrol import WEATHERS


class WeatherMode(Ours, Base):
    """A mode, by the last of its news: one that comes later and is older changes nothing."""

    __tablename__ = "weather_modes"
    __table_args__ = (
        CheckConstraint(f"weather IN {WEATHERS}", name="weather_modes_weather"),
        CheckConstraint("mode IN ('on', 'off')", name="weather_modes_mode"),
    )

    weather_id: Mapped[UUID] = mapped_column(primary_key=True)
    weather: Mapped[str]
    mode: Mapped[str]
    words: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    version: Mapped[int]
