"""Work that units and shops offer, and who was referred to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Person, Unit
from services.events.models.speakers import CONSENTS
from shared.crypto import Encrypted
from shared.db import NEW_ID, Ours, Versioned, now

JOB_STATES = ("draft", "submitted", "sent_back", "published", "closed", "expired")
REFERRAL_STATES = ("referred", "hired", "not_hired", "unknown", "withdrawn")


class Job(Ours, Versioned, Base):
    """A post that somebody can have; it comes off the list by itself after its last day."""

    __allow_unmapped__ = True
    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(f"state IN {JOB_STATES}", name="jobs_state"),
        CheckConstraint("openings > 0", name="jobs_openings"),
        Index("jobs_by_end", "until", "id"),
        Index("jobs_of_unit", "unit_id", "until", "id"),
        Index("jobs_open", "until", "id", postgresql_where="state = 'published'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    title: Mapped[str]
    about: Mapped[str]
    hours: Mapped[str]
    pay: Mapped[str]
    place: Mapped[str]
    contact: Mapped[str]  # the unit's, for everybody to see
    openings: Mapped[int]
    until: Mapped[date]
    state: Mapped[str] = mapped_column(default="draft")
    reason: Mapped[str | None]
    published_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Job.unit_id) == Unit.unit_id", viewonly=True)

    #: Whether the one who asks has themselves referred: jobs.marked() writes it here.
    mine: bool = False


class Referral(Ours, Base):
    """Somebody whom the unit may call, because they said so. Who they are goes once it is over."""

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint(f"state IN {REFERRAL_STATES}", name="referrals_state"),
        CheckConstraint(f"consent IN {CONSENTS}", name="referrals_consent"),
        Index("referrals_once", "job_id", "person_id", unique=True, postgresql_where="person_id IS NOT NULL"),
        Index("referrals_of_person", "person_id"),
        Index("referrals_to_ask", "referred_at", postgresql_where="state = 'referred' AND asked_at IS NULL"),
        Index("referrals_to_forget", "closed_at", postgresql_where="closed_at IS NOT NULL AND NOT forgotten"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    job_id: Mapped[UUID] = mapped_column(ForeignKey(Job.id), index=True)
    person_id: Mapped[UUID | None]  # a member; None: a resident by name
    name: Mapped[str | None] = mapped_column(Encrypted("events.referrals.name"))
    phone: Mapped[str | None] = mapped_column(Encrypted("events.referrals.phone"))
    referred_by: Mapped[UUID | None]
    consent: Mapped[str]
    state: Mapped[str] = mapped_column(default="referred")
    referred_at: Mapped[datetime] = mapped_column(default=now)
    asked_at: Mapped[datetime | None]  # how it went
    closed_at: Mapped[datetime | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    job: Mapped[Job] = relationship()
    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Referral.person_id) == Person.person_id", viewonly=True
    )

    @property
    def called(self) -> str | None:
        return self.person.name if self.person else self.name
