"""What events remembers: activities, who goes there, and what members told of people, units and places."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Sequence, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from shared.crypto import Hash
from shared.db import COLUMN_TYPES, COMMITTEE, NEW_ID, Ours, Versioned, now, schema
from shared.people import PersonColumns

KINDS = ("lecture", "sport", "culture", "work_day", "party_day", "service", "show", "other")
FORMS = ("classroom", "outing", "door_to_door", "online", "on_site")
STATES = ("draft", "submitted", "sent_back", "published", "called_off")

#: Whom an activity can reach: its audience, of that only the unit's own members, or (sandbox) the unit's guest list.
REACHES = ("all", "unit", "guests")

#: In what of an activity words are searched for, as Postgres writes it.
WORDS = "(((title || ' ') || place) || ' ') || summary"

#: Where a person stands with an activity.
SIGN_UP_STATES = ("going", "waiting", "cancelled")


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES
    metadata = schema("events")


# Nothing refers by foreign key to what members told us: no order is promised between their news and ours.
class Person(PersonColumns, Base):
    """A member, as members last told us."""


class Unit(Ours, Base):
    """A member unit, as members last told us."""

    __tablename__ = "units"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    kind: Mapped[str]
    needs_approval: Mapped[bool]  # of its activities, by a clerk
    active: Mapped[bool]
    changed_at: Mapped[datetime]


class Label(Ours, Base):
    """A place, zone or group that an audience can be made of."""

    __tablename__ = "labels"

    committee_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=COMMITTEE)
    kind: Mapped[str] = mapped_column(primary_key=True)  # place, zone, group
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    active: Mapped[bool]
    changed_at: Mapped[datetime]


class Activity(Ours, Versioned, Base):
    """Something that a unit holds for its audience."""

    __allow_unmapped__ = True
    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="activities_kind"),
        CheckConstraint(f"form IN {FORMS}", name="activities_form"),
        CheckConstraint(f"state IN {STATES}", name="activities_state"),
        CheckConstraint(f"reach IN {REACHES}", name="activities_reach"),
        CheckConstraint("starts_at < ends_at", name="activities_time"),
        CheckConstraint("capacity > 0", name="activities_capacity"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="activities_published"),
        Index("activities_open", "starts_at", "id", postgresql_where="published_at IS NOT NULL"),
        Index("activities_of_unit", "unit_id", "starts_at", "id"),
        Index("activities_by_start", "committee_id", "starts_at", "id"),
        Index("activities_by_state", "committee_id", "state", "starts_at", "id"),
        Index("activities_pieces", text(f"bus.pieces({WORDS})"), postgresql_using="gin"),  # see the view events.words
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    title: Mapped[str]
    summary: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str | None]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]  # None: whoever comes
    audience: Mapped[dict]
    state: Mapped[str] = mapped_column(default="draft")
    reason: Mapped[str | None]  # why it was sent back, or called off
    reach: Mapped[str]
    posted_by: Mapped[str]
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Activity.unit_id) == Unit.unit_id", viewonly=True)

    #: What sign_ups.counted() writes here: not columns.
    going_count: int = 0
    waiting_count: int = 0
    mine: str | None = None  # where the one who asks stands

    @property
    def shown_state(self) -> str:
        """The state, with the end that time brings by itself."""
        return "ended" if self.state == "published" and self.ends_at <= now() else self.state

    @property
    def sandbox(self) -> bool:
        return self.reach == "guests"


#: Who asked earlier has the lower number; drawn under the activity's lock, so clocks do not matter.
TURNS = Sequence("turns", metadata=Base.metadata)


class SignUp(Ours, Base):
    """A person's seat, or place in the waiting list."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        CheckConstraint(f"state IN {SIGN_UP_STATES}", name="sign_ups_state"),
        Index("sign_ups_waiting", "activity_id", "turn", postgresql_where="state = 'waiting'"),
        Index("sign_ups_in_turn", "activity_id", "turn", postgresql_where="state <> 'cancelled'"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    state: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    turn: Mapped[int] = mapped_column(BigInteger, server_default=TURNS.next_value())

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person] = relationship(primaryjoin="foreign(SignUp.person_id) == Person.person_id", viewonly=True)


class Feed(Ours, Base):
    """The secret in the address of a person's calendar."""

    __tablename__ = "feeds"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(Hash, unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
