"""The way of a message through one channel to one address."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from shared.crypto import EncryptedJSON
from shared.db import COMMITTEE, Ours, now

#: held: waits for the time of a digest; bundled: goes out with one. sent: the provider has it; delivered: its reader
#: opened the message; acknowledged: and answered.
STATES = (
    "queued", "held", "bundled", "sending", "sent", "delivered", "acknowledged", "failed", "gave_up", "unknown",
    "cancelled",
)  # fmt: skip
#: What is sent when it is due, and all that can still be stopped.
DUE = ("queued", "failed")
WAITING = (*DUE, "held", "bundled")
DEAD = ("gave_up", "unknown")
#: How far a person was reached, from the best to the worst. waiting: still on its way, or tried again.
REACHES = ("answered", "read", "reached", "waiting", "unreached")


class Sending(Ours, Base):
    """One message on its way. Without an address it goes to the phone or mailbox that members knows."""

    __tablename__ = "sendings"
    __table_args__ = (
        ForeignKeyConstraint(["message_id"], ["notify.messages.id"]),
        ForeignKeyConstraint(["address_id"], ["notify.addresses.id"]),
        CheckConstraint(f"state IN {STATES}", name="sendings_state"),
        Index("sendings_due", "priority", "due_at", postgresql_where=f"state IN {DUE}"),
        Index("sendings_leased", "lease_until", postgresql_where="state = 'sending'"),
        Index("sendings_dead", "id", postgresql_where=f"state IN {DEAD}"),
        Index("sendings_message", "message_id"),
        Index("sendings_event", "event_id", "state"),
        Index("sendings_held", "due_at", "held_for", postgresql_where="state = 'held'"),
        Index("sendings_digest", "digest_id", postgresql_where="digest_id IS NOT NULL"),
        {"postgresql_partition_by": "RANGE (id)"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID]
    event_id: Mapped[UUID]
    channel: Mapped[str]
    address_id: Mapped[UUID | None]
    ring: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    priority: Mapped[int] = mapped_column(SmallInteger)  # the rank of the message's class: 0 is critical
    state: Mapped[str] = mapped_column(default="queued", server_default="queued")
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    unless_read: Mapped[bool] = mapped_column(default=False, server_default="false")
    held_for: Mapped[UUID | None]  # whose digest it waits for, or went with; that of due_at
    digest_id: Mapped[UUID | None]  # the sending of that digest
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    detail: Mapped[str | None]  # the provider's last word
    provider_id: Mapped[str | None]
    sealed: Mapped[dict | None] = mapped_column(EncryptedJSON("notify.sendings.sealed"))  # until it is sent
    created_at: Mapped[datetime] = mapped_column(default=now, server_default="now()")
    sent_at: Mapped[datetime | None]


class Turn(Base):
    """Whose turn it is to send what is not critical: one process at a time, so that others are free for alarms."""

    __tablename__ = "turns"

    committee_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=COMMITTEE)
    holder: Mapped[UUID]
    until: Mapped[datetime]
