"""When venues are open: rules, days that are different, and closures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.base import Base
from services.events.models.venues import Venue
from shared.db import NEW_ID, Ours, now
from shared.schemas.events import CAUSES

#: On which of its weekdays a rule holds: on all, on working days, on days off (weekends and public holidays).
HOURS_ON = ("all", "working", "holiday")

#: What is said of some hours.
NOTES = ("minors_with_guardian", "help_desk", "members_only", "quiet", "course")

#: Of the causes of closures, those that pass: nobody closes a venue for them months ahead.
WEATHER = ("cold", "heat", "storm", "air")


class VenueHours(Ours, Base):
    """Open from then to then (minutes of the day) on these weekdays (1 is Monday) of a season, or of the whole year."""

    __tablename__ = "venue_hours"
    __table_args__ = (
        CheckConstraint(f"on_days IN {HOURS_ON}", name="venue_hours_on_days"),
        CheckConstraint(f"note IN {NOTES}", name="venue_hours_note"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="venue_hours_times"),
        CheckConstraint("(season_from IS NULL) = (season_until IS NULL)", name="venue_hours_season"),
        CheckConstraint("weekdays <@ '{1,2,3,4,5,6,7}' AND weekdays <> '{}'", name="venue_hours_weekdays"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id), index=True)
    season_from: Mapped[str | None]  # "10-15"; a season may go on into the next year
    season_until: Mapped[str | None]
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    on_days: Mapped[str]
    opens: Mapped[int]
    closes: Mapped[int]
    note: Mapped[str | None]
    note_from: Mapped[int | None]  # None: all the time


class VenueException(Ours, Base):
    """A day on which other hours hold than the rules say; without times: closed."""

    __tablename__ = "venue_exceptions"
    __table_args__ = (
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="venue_exceptions_both"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="venue_exceptions_times"),
        Index("venue_exceptions_of_day", "venue_id", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id))
    day: Mapped[date]
    opens: Mapped[int | None]
    closes: Mapped[int | None]
    reason: Mapped[str]
    weather_id: Mapped[UUID | None]  # opened by weather that patrol told of, which takes it away again


class VenueClosure(Ours, Base):
    """Closed from then until then, or until further notice; *lifted_at*: opened again before."""

    __allow_unmapped__ = True
    __tablename__ = "venue_closures"
    __table_args__ = (
        CheckConstraint(f"kind IN {CAUSES}", name="venue_closures_kind"),
        CheckConstraint("since < until", name="venue_closures_time"),
        Index("venue_closures_in_force", "venue_id", "since", postgresql_where="lifted_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id))
    kind: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[str]  # everybody reads it
    closed_by: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(default=now)
    weather_id: Mapped[UUID | None]  # closed by weather that patrol told of, which lifts it again
    lifted_at: Mapped[datetime | None]

    suspended: int = 0  # bookings; closures.counted() writes it here
