"""The list of needs, and the households that support one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Unit
from services.events.models.listed import Listed, listed_checks
from shared.crypto import Hash
from shared.db import Ours, Versioned, now

NEED_STATES = ("draft", "verify", "published", "claimed", "met", "closed", "withdrawn")

#: What is decided about a need that households support.
DECISIONS = ("do", "not_now", "no")


class Need(Listed, Ours, Versioned, Base):
    """Something that a unit, a member or a resident needs."""

    __allow_unmapped__ = True
    __tablename__ = "needs"
    __table_args__ = (
        *listed_checks("needs", NEED_STATES),
        CheckConstraint(f"decision IN {DECISIONS}", name="needs_decision"),
        CheckConstraint("num_nonnulls(decision, answer, answered_at) IN (0, 3)", name="needs_answered"),
        CheckConstraint("state NOT IN ('published', 'claimed') OR published_at IS NOT NULL", name="needs_published"),
        Index("needs_listed", "published_at", "id"),
        Index("needs_of_unit", "unit_id", "id"),
        Index("needs_of_person", "person_id", postgresql_where="person_id IS NOT NULL"),
        Index("needs_written_by", "written_by", postgresql_where="written_by IS NOT NULL"),
        Index("needs_open_what", "kind", "what", "published_at", postgresql_where="state = 'published'"),
        Index("needs_open_skills", "skills", postgresql_using="gin", postgresql_where="state = 'published'"),
        Index(
            "needs_unmatched",
            "published_at",
            postgresql_where="state = 'published' AND unmatched_at IS NULL",
        ),
        Index("needs_to_answer", "answer_due_at", postgresql_where="answered_at IS NULL"),
    )

    state: Mapped[str] = mapped_column(default="draft")
    unmatched_at: Mapped[datetime | None]  # since when it is on the joint meeting's agenda
    answer_due_at: Mapped[datetime | None]
    decision: Mapped[str | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Need.unit_id) == Unit.unit_id", viewonly=True)

    #: What needs.counted() writes here for the one who asks: not columns.
    supports: int = 0
    supported: bool = False
    mine: bool = False


class Support(Ours, Base):
    """A household that supports a need. Which one it is cannot be told from the row, nor that two needs share one."""

    __tablename__ = "supports"
    __table_args__ = (UniqueConstraint("need_id", "person_id", name="supports_once_a_person"),)

    need_id: Mapped[UUID] = mapped_column(ForeignKey(Need.id), primary_key=True)
    household: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)  # who is told the answer; none: came to the desk
    at: Mapped[datetime] = mapped_column(default=now)
