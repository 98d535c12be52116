"""Terms of the lecture hall: which times are wanted, and what is proposed for each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import Activity
from services.events.models.base import Base, Unit
from services.events.models.speakers import Speaker
from services.events.models.topics import Topic
from shared.db import NEW_ID, Ours, Versioned, now

TERM_STATES = ("draft", "published")


class Term(Ours, Versioned, Base):
    """Some months of lectures, planned in one sitting. Whatever is published are activities."""

    __tablename__ = "terms"
    __table_args__ = (
        CheckConstraint(f"state IN {TERM_STATES}", name="terms_state"),
        CheckConstraint("starts_on <= ends_on", name="terms_time"),
        CheckConstraint("repeats BETWEEN 1 AND 5", name="terms_repeats"),
        CheckConstraint("capacity > 0", name="terms_capacity"),
        Index("terms_newest", "starts_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    wanted: Mapped[list]  # {weekday, start_time, minutes} of each week
    rooms: Mapped[list]  # {name, capacity, venue_id}, the preferred one first
    capacity: Mapped[int | None]
    repeats: Mapped[int]  # how often a topic comes at most
    state: Mapped[str] = mapped_column(default="draft")
    skipped: Mapped[list] = mapped_column(default=list)  # {on, why}: days on which nothing is planned
    left: Mapped[list] = mapped_column(default=list)  # {topic, votes, why}: topics for which there is no time
    planned_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Term.unit_id) == Unit.unit_id", viewonly=True)
    slots: Mapped[list["TermSlot"]] = relationship(
        order_by="TermSlot.number", cascade="all, delete-orphan", back_populates="term"
    )


class TermSlot(Ours, Base):
    """A time of a term, and what is proposed for it. *fixed*: a person decided, and planning leaves it."""

    __tablename__ = "term_slots"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="term_slots_time"),
        CheckConstraint("speaker_id IS NULL OR topic_id IS NOT NULL", name="term_slots_topic"),
    )

    term_id: Mapped[UUID] = mapped_column(ForeignKey(Term.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str | None]
    topic_id: Mapped[UUID | None] = mapped_column(ForeignKey(Topic.id), index=True)
    speaker_id: Mapped[UUID | None] = mapped_column(ForeignKey(Speaker.id), index=True)
    fixed: Mapped[bool] = mapped_column(default=False)
    why: Mapped[list]  # codes with facts
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey(Activity.id), index=True)

    term: Mapped[Term] = relationship(back_populates="slots")
    topic: Mapped[Topic | None] = relationship()
    speaker: Mapped[Speaker | None] = relationship()
    activity: Mapped[Activity | None] = relationship()

    @property
    def announced(self) -> str | None:
        """Who speaks, if they agreed that everybody reads it."""
        return self.speaker.called if self.speaker and self.speaker.announced else None
