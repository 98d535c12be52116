"""Who can be told something, where, and when not."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, Index, MetaData, Table, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from shared.crypto import Encrypted, EncryptedJSON, Hash
from shared.db import NEW_ID, Ours, now
from shared.people import PersonColumns

#: The view in which members shows who holds which role.
grants = Table(
    "grants",
    MetaData(schema="access"),
    Column("person_id", Uuid),
    Column("role", Text),
    Column("unit_id", Uuid),
    Column("valid_from", DateTime(timezone=True)),
    Column("valid_until", DateTime(timezone=True)),
)


class Person(PersonColumns, Base):
    """A member, with where members says that they can be reached."""

    phone: Mapped[str | None] = mapped_column(Encrypted("notify.people.phone"))
    email: Mapped[str | None] = mapped_column(Encrypted("notify.people.email"))


class Unit(Ours, Base):
    """A member unit, as members last told us."""

    __tablename__ = "units"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool]
    changed_at: Mapped[datetime]


class Address(Ours, Base):
    """Where a person's device, a unit's server or a group chat is reached. Without *address* it was deleted."""

    __tablename__ = "addresses"
    __table_args__ = (
        CheckConstraint("num_nonnulls(person_id, unit_id, role) = 1", name="addresses_one_owner"),
        CheckConstraint(
            "channel IN ('web_push', 'email', 'wecom', 'wecom_robot', 'dingtalk_robot', 'webhook')",
            name="addresses_channel",
        ),
        UniqueConstraint("committee_id", "channel", "address_blind", name="addresses_same"),
        Index("addresses_person", "person_id", "channel", postgresql_where="dead_at IS NULL"),
        Index("addresses_unit", "unit_id"),
        Index("addresses_role", "role"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    person_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    role: Mapped[str | None]  # of whom a group chat consists: duty, clerk
    channel: Mapped[str]
    address: Mapped[dict | None] = mapped_column(EncryptedJSON("notify.addresses.address"))
    address_blind: Mapped[bytes | None] = mapped_column(Hash)  # the same device again is the same row
    label: Mapped[str]  # as its owner would call it
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_ok_at: Mapped[datetime | None]
    tested_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]


#: When somebody may be told what is not urgent: as it comes, or together with the rest at these times.
WHEN = ("at_once", "morning", "evening", "both")


class Preference(Ours, Base):
    """What a person does not want to hear, where, and when. Without a row: domain/preferences.py."""

    __tablename__ = "preferences"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    quiet_from: Mapped[time]  # a wall-clock time in Asia/Shanghai; equal to quiet_until: never quiet
    quiet_until: Mapped[time]
    off: Mapped[dict]  # {class: [channel, ...]}
    digest: Mapped[dict] = mapped_column(default=dict, server_default="{}")  # {class: one of WHEN}


class OnDuty(Ours, Base):
    """Somebody on a shift that has begun. What is over stays a while: its news may overtake that of the beginning."""

    __tablename__ = "on_duty"

    shift_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    until: Mapped[datetime]
    over: Mapped[bool]
