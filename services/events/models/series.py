"""What comes again: series, standing places in them, and templates."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import FORMS, KINDS, REACHES, Activity
from services.events.models.base import Base, Person, Unit
from shared.db import NEW_ID, Ours, Versioned, now

SERIES_STATES = ("draft", "submitted", "sent_back", "published", "ended")

#: On which of the rule's days it takes place: all, those that are no public holidays, only working days.
ON_DAYS = ("all", "no_holidays", "working")


class Series(Ours, Versioned, Base):
    """An activity that comes again. Its occurrences are activities."""

    __allow_unmapped__ = True
    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="series_kind"),
        CheckConstraint(f"form IN {FORMS}", name="series_form"),
        CheckConstraint(f"state IN {SERIES_STATES}", name="series_state"),
        CheckConstraint(f"reach IN {REACHES}", name="series_reach"),
        CheckConstraint(f"days IN {ON_DAYS}", name="series_days"),
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="series_minutes"),
        CheckConstraint("capacity > 0", name="series_capacity"),
        CheckConstraint("ends_on >= starts_on", name="series_dates"),
        Index("series_of_unit", "unit_id", "title", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    title: Mapped[str]
    summary: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str | None]
    place: Mapped[str]
    capacity: Mapped[int | None]
    audience: Mapped[dict]
    sign_up: Mapped[dict] = mapped_column(default=dict, server_default="{}")
    rule: Mapped[str]  # RRULE of RFC 5545, without its name
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day; None: until somebody ends it
    start_time: Mapped[time]  # in Shanghai
    minutes: Mapped[int]
    seasons: Mapped[list]  # {from, until: "MM-DD", start_time, minutes} or {from, until, closed}
    days: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    reason: Mapped[str | None]
    reach: Mapped[str]
    posted_by: Mapped[str]
    published_at: Mapped[datetime | None]
    made_until: Mapped[date | None]  # the last day up to which occurrences are made
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Series.unit_id) == Unit.unit_id", viewonly=True)

    #: What making.with_next() and standing.marked() write here: not columns.
    next: list[Activity] | None = None
    mine: bool = False

    @property
    def sandbox(self) -> bool:
        return self.reach == "guests"


class StandingPlace(Ours, Base):
    """A seat in every occurrence to come, until its holder gives it back."""

    __tablename__ = "standing_places"

    series_id: Mapped[UUID] = mapped_column(ForeignKey(Series.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    buddy_id: Mapped[UUID | None]  # who is asked first when the holder cannot come
    since: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(
        primaryjoin="foreign(StandingPlace.person_id) == Person.person_id", viewonly=True
    )


class Template(Ours, Versioned, Base):
    """A plan that a unit uses again and again."""

    __tablename__ = "templates"
    __table_args__ = (Index("templates_of_unit", "unit_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    name: Mapped[str]
    plan: Mapped[dict]  # as a client posts an activity, without its times
