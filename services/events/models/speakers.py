"""Who can speak of what, and how much is not too much for them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Person, Unit
from services.events.models.topics import Topic
from shared.crypto import Encrypted
from shared.db import NEW_ID, Ours, Versioned, now

#: How somebody said yes: in their own account, on paper, or to whoever wrote it down.
CONSENTS = ("self", "paper", "told")


class Speaker(Ours, Versioned, Base):
    """A member, or an expert whom a unit names. Without their consent there is no row, and it ends with it."""

    __allow_unmapped__ = True
    __tablename__ = "speakers"
    __table_args__ = (
        CheckConstraint(f"consent IN {CONSENTS}", name="speakers_consent"),
        CheckConstraint("load_cap BETWEEN 1 AND 20", name="speakers_load_cap"),
        CheckConstraint("weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]", name="speakers_weekdays"),
        CheckConstraint("num_nonnulls(person_id, name) = 1 OR withdrawn_at IS NOT NULL", name="speakers_who"),
        Index("speakers_person", "person_id", unique=True, postgresql_where="withdrawn_at IS NULL"),
        Index("speakers_of_unit", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    person_id: Mapped[UUID | None]
    name: Mapped[str | None] = mapped_column(Encrypted("events.speakers.name"))  # of who is no member
    unit_id: Mapped[UUID | None]
    load_cap: Mapped[int]  # lectures in a term
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(Integer))  # 1 is Monday; none: any
    away: Mapped[list]  # {from, until}: days on which they are elsewhere
    announced: Mapped[bool]  # whether they agreed that the activity names them
    consent: Mapped[str]
    consented_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Speaker.person_id) == Person.person_id", viewonly=True
    )
    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Speaker.unit_id) == Unit.unit_id", viewonly=True)
    topics: Mapped[list[Topic]] = relationship(secondary="events.speaker_topics", order_by=Topic.code)

    @property
    def called(self) -> str:
        return self.person.name if self.person else self.name or ""

    @property
    def away_days(self) -> list[tuple[date, date]]:
        return [(date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in self.away]


class SpeakerTopic(Ours, Base):
    """What a speaker can speak of."""

    __tablename__ = "speaker_topics"

    speaker_id: Mapped[UUID] = mapped_column(ForeignKey(Speaker.id), primary_key=True)
    topic_id: Mapped[UUID] = mapped_column(ForeignKey(Topic.id), primary_key=True, index=True)
