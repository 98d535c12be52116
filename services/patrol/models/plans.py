"""Templates of the roster, and plans that are made of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, OfPerson
from services.patrol.models.shifts import Shift
from services.patrol.models.squads import Squad
from shared.db import NEW_ID, Ours, Versioned

PLAN_STATES = ("queued", "running", "done", "stopped", "failed", "published")


class Pattern(Ours, Versioned, Base):
    """When a squad walks in a season: on which weekdays, from when, how many, out of how many units."""

    __tablename__ = "roster_patterns"
    __table_args__ = (
        CheckConstraint("weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]", name="roster_patterns_weekdays"),
        CheckConstraint("min_crew BETWEEN 2 AND max_crew", name="roster_patterns_crew"),
        CheckConstraint("units_min BETWEEN 1 AND min_crew", name="roster_patterns_units"),
        CheckConstraint("minutes BETWEEN 15 AND 720", name="roster_patterns_minutes"),
        CheckConstraint("(season_from IS NULL) = (season_until IS NULL)", name="roster_patterns_season"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    squad_id: Mapped[UUID] = mapped_column(ForeignKey(Squad.id), index=True)
    season_from: Mapped[str | None]  # "10-15": a season comes back every year; None: all year
    season_until: Mapped[str | None]
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    starts: Mapped[str]  # "20:00"
    minutes: Mapped[int]
    min_crew: Mapped[int] = mapped_column(default=2)
    max_crew: Mapped[int] = mapped_column(default=4)
    units_min: Mapped[int] = mapped_column(default=2)
    outdoor: Mapped[bool] = mapped_column(default=True)
    cold: Mapped[bool] = mapped_column(default=False)  # long outside in winter: these evenings are shared out too
    stairs: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)

    squad: Mapped[Squad] = relationship()


class Plan(Ours, Versioned, Base):
    """Who might walk when, for some weeks: worked out by a worker, put right by people, then published."""

    __tablename__ = "roster_plans"
    __table_args__ = (
        CheckConstraint(f"state IN {PLAN_STATES}", name="roster_plans_state"),
        CheckConstraint("weeks BETWEEN 1 AND 12", name="roster_plans_weeks"),
        Index("roster_plans_at_work", "touched_at", postgresql_where="state IN ('queued', 'running')"),
        Index("roster_plans_newest", "committee_id", "asked_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    starts_on: Mapped[date]
    weeks: Mapped[int]
    state: Mapped[str] = mapped_column(default="queued")
    weeks_done: Mapped[int] = mapped_column(default=0)
    stop: Mapped[bool] = mapped_column(default=False)  # somebody asked to
    starts: Mapped[int] = mapped_column(default=0)  # how often a worker began
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    solved: Mapped[list] = mapped_column(default=list)  # of each week: its size, the time that it took, the gap
    published_at: Mapped[datetime | None]

    slots: Mapped[list["Slot"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="Slot.number"
    )

    @property
    def progress(self) -> int:
        return self.weeks_done * 100 // self.weeks


class Slot(Ours, Base):
    """A shift to be: when, by which squad, how many."""

    __tablename__ = "roster_slots"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(Plan.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    pattern_id: Mapped[UUID] = mapped_column(ForeignKey(Pattern.id))
    squad_id: Mapped[UUID] = mapped_column(ForeignKey(Squad.id))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    min_crew: Mapped[int]
    max_crew: Mapped[int]
    units_min: Mapped[int]
    outdoor: Mapped[bool]
    cold: Mapped[bool]
    stairs: Mapped[bool]
    missing: Mapped[int] = mapped_column(default=0)  # people
    gaps: Mapped[dict] = mapped_column(default=dict)  # what is missing and why, what would help
    shift_id: Mapped[UUID | None] = mapped_column(ForeignKey(Shift.id))

    plan: Mapped[Plan] = relationship(back_populates="slots")
    squad: Mapped[Squad] = relationship()
    places: Mapped[list["Place"]] = relationship(cascade="all, delete-orphan", order_by="Place.person_id")


class Place(OfPerson, Ours, Base):
    """Somebody proposed for a slot, and why. *fixed*: a person decided it."""

    __tablename__ = "roster_places"
    __table_args__ = (ForeignKeyConstraint(["plan_id", "number"], [Slot.plan_id, Slot.number], ondelete="CASCADE"),)

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    fixed: Mapped[bool] = mapped_column(default=False)
    why: Mapped[list] = mapped_column(default=list)
