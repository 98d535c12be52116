"""What can be used together: rooms, grounds, vehicles; who looks after them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Person, Unit
from shared.db import NEW_ID, Ours, Versioned

#: Where people meet, and what is booked in the same way.
PLACES = ("room", "ground", "hall", "yard", "reading_room", "warm_room")
THINGS = ("vehicle", "equipment")
VENUE_KINDS = (*PLACES, *THINGS)

#: Whether one gets in by wheelchair.
STEP_FREE = ("yes", "partly", "no")


class Venue(Ours, Versioned, Base):
    """A room, a ground, or a thing that its unit lets others use."""

    __allow_unmapped__ = True
    __tablename__ = "venues"
    __table_args__ = (
        UniqueConstraint("committee_id", "code"),
        CheckConstraint(f"kind IN {VENUE_KINDS}", name="venues_kind"),
        CheckConstraint(f"step_free IN {STEP_FREE}", name="venues_step_free"),
        CheckConstraint("capacity > 0 AND seats > 0 AND slot_minutes > 0", name="venues_figures"),
        CheckConstraint("longest_minutes > 0 AND max_hours_ahead > 0 AND stewards_needed >= 0", name="venues_bounds"),
        Index("venues_of_unit", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    unit_id: Mapped[UUID]
    name: Mapped[str]
    kind: Mapped[str]
    place_code: Mapped[str | None]  # the compound in which it lies
    address: Mapped[str]
    capacity: Mapped[int | None]
    seats: Mapped[int | None]
    step_free: Mapped[str]
    access_note: Mapped[str]
    rules: Mapped[str]
    key_holder_id: Mapped[UUID | None]
    public: Mapped[bool]  # everybody sees it, without signing in
    walk_in: Mapped[bool]  # in its hours one just comes; otherwise they say when it can be booked
    bookable: Mapped[bool]
    needs_approval: Mapped[bool]  # of bookings, by its unit or a clerk
    slot_minutes: Mapped[int]  # bookings begin at multiples of it
    longest_minutes: Mapped[int]  # of one booking
    max_hours_ahead: Mapped[int]
    stewards_needed: Mapped[int]  # on each day on which it is open

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Venue.unit_id) == Unit.unit_id", viewonly=True)
    key_holder: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Venue.key_holder_id) == Person.person_id", viewonly=True
    )
    stewards: Mapped[list[Person]] = relationship(
        secondary="events.venue_stewards",
        primaryjoin="Venue.id == VenueSteward.venue_id",
        secondaryjoin="foreign(VenueSteward.person_id) == Person.person_id",
        order_by=Person.name,
        viewonly=True,
    )


class VenueSteward(Ours, Base):
    """Somebody who opens, looks after people, and closes."""

    __tablename__ = "venue_stewards"

    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class StewardDuty(Ours, Base):
    """A steward's day."""

    __tablename__ = "steward_duties"

    venue_id: Mapped[UUID] = mapped_column(ForeignKey(Venue.id), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)

    venue: Mapped[Venue] = relationship()
    person: Mapped[Person] = relationship(
        primaryjoin="foreign(StewardDuty.person_id) == Person.person_id", viewonly=True
    )
