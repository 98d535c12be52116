"""Calls to which everybody answers together: what is needed where, who was asked, what they said, what happened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, OfPerson, Person
from shared.db import NEW_ID, Ours, Versioned, now
from shared.schemas.patrol import EMERGENCIES, SEVERITIES, TASKS

RESPONSE_STATES = ("raised", "stood_down", "closed")

#: Crew on shift, those who live there, the units' officers, everybody.
RINGS = ("crew", "zone", "officers", "everybody")

#: "later": in ten minutes.
RESPONSE_ANSWERS = ("ack", "decline", "later")

LOGGED = ("raised", "rung", "answered", "filled", "noted", "stood_down", "reminded", "reviewed")


class Response(Ours, Versioned, Base):
    """Something serious for which many hands are needed, or an exercise of it."""

    __tablename__ = "responses"
    __table_args__ = (
        CheckConstraint(f"kind IN {EMERGENCIES}", name="responses_kind"),
        CheckConstraint(f"severity IN {SEVERITIES}", name="responses_severity"),
        CheckConstraint(f"state IN {RESPONSE_STATES}", name="responses_state"),
        CheckConstraint("(state = 'raised') = (stood_down_at IS NULL)", name="responses_over"),
        CheckConstraint("(state = 'closed') = (reviewed_at IS NOT NULL)", name="responses_reviewed"),
        Index("responses_newest", "committee_id", "raised_at", "id"),
        Index("responses_ringing", "next_at", postgresql_where="state = 'raised'"),
        Index("responses_to_review", "remind_at", postgresql_where="state = 'stood_down'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    kind: Mapped[str]
    severity: Mapped[str]
    drill: Mapped[bool]
    place: Mapped[str]
    zone: Mapped[str | None]
    words: Mapped[str]
    needs: Mapped[list]  # [{"task": "carry", "wanted": 4}]
    state: Mapped[str] = mapped_column(default="raised")
    raised_by: Mapped[UUID]
    raised_at: Mapped[datetime] = mapped_column(default=now)
    ring: Mapped[int] = mapped_column(default=-1)  # the last one that was asked
    next_at: Mapped[datetime | None]  # when the next ring is asked, unless all is filled; None: nobody is left
    stood_down_by: Mapped[UUID | None]
    stood_down_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="", server_default="")
    review_until: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None]
    reviewed_at: Mapped[datetime | None]
    review: Mapped[str] = mapped_column(default="", server_default="")  # how it went
    change: Mapped[str] = mapped_column(default="", server_default="")  # what is to be otherwise next time


class ResponseCall(OfPerson, Ours, Base):
    """Somebody was asked to come. Where they are nobody asks."""

    __tablename__ = "response_calls"
    __table_args__ = (
        CheckConstraint(f"answer IN {RESPONSE_ANSWERS}", name="response_calls_answer"),
        CheckConstraint(f"task IN {TASKS}", name="response_calls_task"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="response_calls_answered"),
        Index("response_calls_of_person", "person_id", "response_id"),
    )

    response_id: Mapped[UUID] = mapped_column(ForeignKey(Response.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    ring: Mapped[int]
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    task: Mapped[str | None]  # None although they come: all is filled
    answered_at: Mapped[datetime | None]  # for the first time; how minds changed is in the log

    response: Mapped[Response] = relationship()


class ResponseLog(Ours, Base):
    """A line of the log of a call. Postgres refuses to change one or to take it away."""

    __tablename__ = "response_log"
    __table_args__ = (
        CheckConstraint(f"code IN {LOGGED}", name="response_log_code"),
        Index("response_log_of_response", "response_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    response_id: Mapped[UUID] = mapped_column(ForeignKey(Response.id))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[UUID | None]  # None: the clock
    code: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict] = mapped_column(default=dict)

    author: Mapped[Person | None] = relationship(
        primaryjoin="foreign(ResponseLog.by) == Person.person_id", viewonly=True
    )

    @property
    def by_name(self) -> str | None:
        return self.author.name if self.author else None
