"""What was asked by SMS, and which replies have been read. Numbers stand here as blind indexes only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from shared.crypto import Hash
from shared.db import Ours, now


class SmsQuestion(Ours, Base):
    """One SMS that asks for an answer: the id is that of its sending."""

    __tablename__ = "sms_questions"
    __table_args__ = (
        Index("sms_questions_phone", "phone_blind", "asked_at"),
        Index("sms_questions_message", "message_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID]
    phone_blind: Mapped[bytes] = mapped_column(Hash)
    code: Mapped[str]  # of the questions to one number each has another
    asked_at: Mapped[datetime] = mapped_column(default=now)
    said: Mapped[list] = mapped_column(default=list)  # what we replied to replies: it is bounded


class SmsReply(Ours, Base):
    """A reply that was read: pushed again, it is no news. What it said is not kept."""

    __tablename__ = "sms_replies"
    __table_args__ = (Index("sms_replies_phone", "phone_blind", "at"),)

    key: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    phone_blind: Mapped[bytes] = mapped_column(Hash)
    at: Mapped[datetime] = mapped_column(default=now)
