"""The account of hours: what members gave, and how we know."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.members.models.base import Base, one_of
from services.members.models.people import Person
from shared.db import NEW_ID, Ours, now

#: Taken down where it was, put right by two people, typed in from paper.
PROVENANCES = ("measured", "adjusted", "paper")

#: proposed: a second clerk must look at it; withdrawn: they were not there after all.
HOURS_STATES = ("counted", "proposed", "refused", "withdrawn")


class Hours(Ours, Base):
    """Minutes of one member on one day. Those of activities come as events, of which the latest counts."""

    __tablename__ = "hours"
    __table_args__ = (
        CheckConstraint(one_of("provenance", PROVENANCES), name="hours_provenance"),
        CheckConstraint(one_of("state", HOURS_STATES), name="hours_state"),
        CheckConstraint("(provenance = 'adjusted') = (activity_id IS NULL)", name="hours_activity"),
        CheckConstraint("minutes <> 0 OR state = 'withdrawn'", name="hours_minutes"),
        CheckConstraint(
            "provenance <> 'adjusted' OR state <> 'counted' OR second_by IS DISTINCT FROM by OR by IS NULL",
            name="hours_two_people",
        ),
        Index("hours_of_activity", "person_id", "activity_id", unique=True, postgresql_where="activity_id IS NOT NULL"),
        Index("hours_of_person", "person_id", "on", "id"),
        Index("hours_of_unit", "unit_id", "on", postgresql_where="state = 'counted'"),
        Index("hours_proposed", "committee_id", "id", postgresql_where="state = 'proposed'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    unit_id: Mapped[UUID | None]  # their home branch at that time, which is credited, too
    activity_id: Mapped[UUID | None]
    title: Mapped[str]
    on: Mapped[date]
    minutes: Mapped[int]
    provenance: Mapped[str]
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="", server_default="")
    by: Mapped[UUID | None]
    second_by: Mapped[UUID | None]
    told_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(viewonly=True)
