"""What was told to whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models.base import Base
from services.notify.models.rules import LANGUAGES
from shared.db import Ours, now
from shared.schemas.fields import ANSWER_WAYS, ANSWERS, CLASSES


class Text(Ours, Base):
    """What one rule says about one event in one language: all its messages share it. Emptied when it is old."""

    __tablename__ = "texts"
    __table_args__ = (
        ForeignKeyConstraint(["rule_id"], ["notify.rules.id"]),
        CheckConstraint(f"language IN {LANGUAGES}", name="texts_language"),
        Index("texts_age", "created_at", postgresql_where="title IS NOT NULL"),
        Index("texts_newest", "committee_id", "event_id", postgresql_where="language = 'zh'"),
        Index("texts_of_class", "committee_id", "class", "event_id", postgresql_where="language = 'zh'"),
    )

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule_id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str]
    urgency: Mapped[str] = mapped_column("class")
    title: Mapped[str | None]
    body: Mapped[str | None]
    link: Mapped[str | None]
    sms_code: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Message(Ours, Base):
    """One reader's copy. Its id is made from event, reader and rule: there can be no second one."""

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "rule_id", "language"],
            ["notify.texts.event_id", "notify.texts.rule_id", "notify.texts.language"],
        ),
        CheckConstraint("num_nonnulls(person_id, unit_id, group_id) = 1", name="messages_one_reader"),
        CheckConstraint(f"class IN {CLASSES}", name="messages_class"),
        CheckConstraint(f"answer IN {ANSWERS}", name="messages_answer"),
        CheckConstraint(f"answered_way IN {ANSWER_WAYS}", name="messages_answered_way"),
        Index("messages_inbox", "person_id", "id", postgresql_where="inbox"),
        Index("messages_unread", "person_id", postgresql_where="inbox AND read_at IS NULL"),
        Index("messages_event", "event_id", "rule_id", "id"),
        Index(
            "messages_to_answer",
            "person_id",
            postgresql_where="inbox AND needs_answer AND answer IS NULL AND cancelled_at IS NULL",
        ),
        Index("messages_thread", "thread"),
        {"postgresql_partition_by": "RANGE (id)"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    rule_id: Mapped[UUID]
    language: Mapped[str]
    topic: Mapped[str]
    thread: Mapped[UUID]  # what it is about: a sos, an activity
    person_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]  # the address of a group chat
    urgency: Mapped[str] = mapped_column("class")
    role: Mapped[str]  # the part of the rule's audience that the reader is in
    inbox: Mapped[bool]
    needs_answer: Mapped[bool]
    ring: Mapped[int] = mapped_column(default=0)  # the last step of the ladder on which it was sent
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_way: Mapped[str | None]  # None: not yet, or before this was written down
    cancelled_at: Mapped[datetime | None]  # nobody need answer any more
    settled_by: Mapped[str | None]  # the name of who saw to it
