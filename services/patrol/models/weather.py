"""Weather for which patrols stay at home."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from shared.db import NEW_ID, Ours, Versioned, now
from shared.schemas.patrol import LEVELS, WEATHERS


class WeatherMode(Ours, Versioned, Base):
    """Cold, heat, storm or bad air, from when to when. Of each kind one is on at a time: Postgres sees to it."""

    __tablename__ = "weather_modes"
    __table_args__ = (
        CheckConstraint(f"weather IN {WEATHERS}", name="weather_modes_weather"),
        CheckConstraint(f"level IN {LEVELS}", name="weather_modes_level"),
        CheckConstraint("state IN ('on', 'off')", name="weather_modes_state"),
        CheckConstraint("since < until", name="weather_modes_times"),
        CheckConstraint("(state = 'off') = (ended_at IS NOT NULL)", name="weather_modes_ended"),
        Index("weather_modes_one_on", "committee_id", "weather", unique=True, postgresql_where="state = 'on'"),
        Index("weather_modes_newest", "committee_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    weather: Mapped[str]
    level: Mapped[str]
    words: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]  # None: until somebody says so
    state: Mapped[str] = mapped_column(default="on")
    raised_by: Mapped[UUID]
    raised_at: Mapped[datetime] = mapped_column(default=now)
    ended_by: Mapped[UUID | None]  # None although over: its time had come
    ended_at: Mapped[datetime | None]
