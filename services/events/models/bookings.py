"""Who uses which venue when."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, literal_column
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import Activity
from services.events.models.base import Base, Person, Unit
from services.events.models.hours import VenueClosure
from services.events.models.venues import Venue
from shared.db import NEW_ID, Ours, Versioned, now

BOOKING_KINDS = ("booking", "block")
BOOKING_STATES = ("asked", "confirmed", "suspended", "waiting", "withdrawn", "rejected", "cancelled", "released")

#: Nothing lasts longer, blocks included. Lists rely on it.
LONGEST_BOOKING = timedelta(days=31)

#: The states in which nobody else can have the time. What a closure suspended comes back when the venue opens.
HELD = ("asked", "confirmed", "suspended")


class BookingSeries(Ours, Base):
    """Bookings that were made together. Somebody says each month that they are still wanted."""

    __tablename__ = "booking_series"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id))
    rule: Mapped[str]
    until: Mapped[date]
    confirmed_until: Mapped[date] = mapped_column(index=True)  # the first day that nobody has confirmed
    asked_for: Mapped[date | None]  # the confirmed_until of which the holder was asked
    asked_at: Mapped[datetime | None]


class Booking(Ours, Versioned, Base):
    """A venue for somebody, for some time; a *block* keeps it free of bookings."""

    __allow_unmapped__ = True
    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint(f"kind IN {BOOKING_KINDS}", name="bookings_kind"),
        CheckConstraint(f"state IN {BOOKING_STATES}", name="bookings_state"),
        CheckConstraint("starts_at < ends_at AND ends_at - starts_at <= interval '31 days'", name="bookings_time"),
        CheckConstraint("people > 0", name="bookings_people"),
        CheckConstraint("(state = 'suspended') = (closure_id IS NOT NULL)", name="bookings_suspended"),
        CheckConstraint("(state = 'suspended') = (was IS NOT NULL)", name="bookings_was"),
        ExcludeConstraint(
            ("venue_id", "="),
            (func.tstzrange(literal_column("starts_at"), literal_column("ends_at")), "&&"),
            where=literal_column(f"state IN {HELD}"),
            using="gist",
            name="bookings_one_at_a_time",
        ),
        Index("bookings_of_venue", "venue_id", "starts_at", "id"),
        Index("bookings_by_time", "starts_at", "id"),
        Index("bookings_of_person", "person_id", "starts_at", "id"),
        Index("bookings_of_unit", "unit_id", "starts_at", "id"),
        Index("bookings_of_series", "series_id", "starts_at", postgresql_where="series_id IS NOT NULL"),
        Index("bookings_of_activity", "activity_id", postgresql_where="activity_id IS NOT NULL"),
        Index("bookings_waiting", "venue_id", "id", postgresql_where="state = 'waiting'"),
        Index("bookings_suspended_by", "closure_id", postgresql_where="closure_id IS NOT NULL"),
        Index("bookings_asked", "starts_at", "id", postgresql_where="state = 'asked'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id))
    kind: Mapped[str]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    people: Mapped[int | None]
    person_id: Mapped[UUID | None]  # who asked, and is told
    unit_id: Mapped[UUID | None]  # for which unit; None: for themselves
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey(Activity.id))
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey(BookingSeries.id))
    state: Mapped[str]
    reason: Mapped[str | None]  # a person's words, or a code of shared.schemas.events.RELEASES
    closure_id: Mapped[UUID | None] = mapped_column(ForeignKey(VenueClosure.id))  # that suspended it
    was: Mapped[str | None]  # its state before
    made_at: Mapped[datetime] = mapped_column(default=now)

    venue: Mapped[Venue] = relationship()
    series: Mapped[BookingSeries | None] = relationship()
    closure: Mapped[VenueClosure | None] = relationship()
    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Booking.unit_id) == Unit.unit_id", viewonly=True)
    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Booking.person_id) == Person.person_id", viewonly=True
    )

    @property
    def to_confirm(self) -> date | None:
        """The first day that its holder is asked about just now."""
        asked = self.series and self.series.asked_for == self.series.confirmed_until
        return self.series.confirmed_until if self.series and asked else None
