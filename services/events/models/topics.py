"""What the lecture hall could speak of, and what people would like to hear."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.activities import FORMS
from services.events.models.base import Base
from shared.db import NEW_ID, Ours, Versioned, now

TOPIC_GROUPS = ("law", "manners", "health", "family", "other")


class Topic(Ours, Versioned, Base):
    """Something that a lecture, an outing or a round from door to door can be about."""

    __allow_unmapped__ = True
    __tablename__ = "topics"
    __table_args__ = (
        UniqueConstraint("committee_id", "code"),
        CheckConstraint(f'"group" IN {TOPIC_GROUPS}', name="topics_group"),
        CheckConstraint(f"form IN {FORMS}", name="topics_form"),
        CheckConstraint("months <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", name="topics_months"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    name: Mapped[str]
    about: Mapped[str]
    group: Mapped[str]
    form: Mapped[str]
    months: Mapped[list[int]] = mapped_column(ARRAY(Integer))  # in which it makes sense; none: all year
    place: Mapped[str | None]  # where it takes place whatever room is free: an outing, a compound
    needs_speaker: Mapped[bool]
    active: Mapped[bool]

    #: What topics.counted() writes here: not columns.
    votes: int = 0
    speakers: int = 0
    mine: bool = False  # whether the one who asks voted for it


class TopicVote(Ours, Base):
    """Somebody would like to hear of it. Only how many they are is ever shown; it goes once the topic was held."""

    __tablename__ = "topic_votes"

    topic_id: Mapped[UUID] = mapped_column(ForeignKey(Topic.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)


class TopicTally(Ours, Base):
    """Votes on paper, of residents without an account, as a clerk counted them on a day."""

    __tablename__ = "topic_tallies"
    __table_args__ = (CheckConstraint("count >= 0", name="topic_tallies_count"),)

    topic_id: Mapped[UUID] = mapped_column(ForeignKey(Topic.id), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
