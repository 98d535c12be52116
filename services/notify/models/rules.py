"""Which event is told to whom, and in which words: rows, not code."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import TEXT as TEXT_TYPE
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from shared.db import NEW_ID, Ours, Versioned, now
from shared.schemas.fields import CLASSES

LANGUAGES = ("zh", "en")


class Rule(Versioned, Ours, Base):
    """An event of *topic*, when its facts are as *condition* says, is told to *audience* in the words of *template*."""

    __tablename__ = "rules"
    __table_args__ = (
        CheckConstraint(f"class IN {CLASSES}", name="rules_class"),
        UniqueConstraint("committee_id", "code", name="rules_code"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    topic: Mapped[str] = mapped_column(index=True)
    condition: Mapped[dict]  # {fact: value or [values]}; {}: always
    audience: Mapped[list]  # see domain/audiences.py
    template: Mapped[str]
    urgency: Mapped[str] = mapped_column("class")
    needs_answer: Mapped[bool]
    channels: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT_TYPE))  # None: those of the class
    thread: Mapped[str | None]  # the fact that its messages have in common with others'; None: nothing
    link: Mapped[str | None]  # the page to open, with facts in braces
    why: Mapped[dict]  # {language: why there is this rule}
    on: Mapped[bool]


class Template(Ours, Base):
    """One version of the words for something, in one language. The last version is the one in use."""

    __tablename__ = "templates"
    __table_args__ = (
        CheckConstraint(f"language IN {LANGUAGES}", name="templates_language"),
        UniqueConstraint("committee_id", "code", "language", "version", name="templates_version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    language: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]  # also shown by links that need no sign-in: no names of people
    body: Mapped[str]
    sms_code: Mapped[str]  # the provider's template; empty: never by SMS
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str]
