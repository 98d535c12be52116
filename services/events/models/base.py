"""The schema of events, and what members told it of people, units and places."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.crypto import Hash
from shared.db import COLUMN_TYPES, COMMITTEE, Ours, schema
from shared.people import PersonColumns


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES
    metadata = schema("events")


# Nothing refers by foreign key to what members told us: no order is promised between their news and ours.
class Person(PersonColumns, Base):
    """A member, as members last told us. Their number itself is none of our business: by the index they are found."""

    phone_blind: Mapped[bytes | None] = mapped_column(Hash, index=True)


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
