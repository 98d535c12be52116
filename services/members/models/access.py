"""Who may do what, and who is signed in. migrations/versions/0002_members.sql shows it as access.enter()."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base, one_of
from shared.crypto import Encrypted, Hash
from shared.db import NEW_ID, Ours, now

ROLES = ("secretary", "clerk", "duty", "liaison")
KEY_KINDS = ("test", "team", "live")
SCOPES = ("activities:read", "activities:write", "people:read", "webhooks:write")


class Grant(Ours, Base):
    """A role that a person holds somewhere, for a time."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint(one_of("role", ROLES), name="grants_role"),
        CheckConstraint("role <> 'liaison' OR unit_id IS NOT NULL", name="grants_liaison_unit"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    person_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str]
    unit_id: Mapped[UUID | None]  # of a liaison officer
    place: Mapped[str | None]  # a path in the tree of places; None: the whole community
    valid_from: Mapped[datetime] = mapped_column(default=now)
    valid_until: Mapped[datetime | None]
    granted_by: Mapped[str]


class SignInSession(Ours, Base):
    """A device on which a person is signed in."""

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    token: Mapped[bytes] = mapped_column(Hash, unique=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
    device: Mapped[str]  # as its owner would call it
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class SignInCode(Ours, Base):
    """A code that was sent to a number; bound to the browser that asked."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (Index("sign_in_codes_phone", "phone", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    browser: Mapped[bytes] = mapped_column(Hash, index=True)
    address: Mapped[bytes | None] = mapped_column(Hash, index=True)  # blind index; None: this very machine
    phone: Mapped[bytes] = mapped_column(Hash)  # blind index
    person_id: Mapped[UUID | None]  # None: nobody has this number, and nothing was sent
    code: Mapped[str] = mapped_column(Encrypted("members.sign_in_codes.code"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class ApiKey(Ours, Base):
    """A key with which a unit's own software speaks to us; shown once, kept as a hash."""

    __tablename__ = "api_keys"
    __table_args__ = (CheckConstraint(one_of("kind", KEY_KINDS), name="api_keys_kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    label: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    key: Mapped[bytes] = mapped_column(Hash, unique=True)
    request: Mapped[bytes | None] = mapped_column(Hash, unique=True)  # hash of who asked with which Idempotency-Key
    ending: Mapped[str]  # the last four characters, to tell keys apart
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
