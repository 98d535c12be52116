"""Who takes on what of a need, alone or together, and the project that comes of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Unit
from services.events.models.needs import Need
from services.events.models.offers import Offer
from shared.db import NEW_ID, Ours, Versioned, now

#: asked: a clerk looks at who wants to fulfil a wish; open: being done.
CLAIM_STATES = ("asked", "open", "delivered", "confirmed", "withdrawn")
PROJECT_STATES = ("planned", "running", "done", "confirmed", "dropped")


class Claim(Ours, Base):
    """A part of a need that a unit or a member takes on."""

    __allow_unmapped__ = True
    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint(f"state IN {CLAIM_STATES}", name="claims_state"),
        CheckConstraint("amount > 0", name="claims_amount"),
        CheckConstraint("num_nonnulls(unit_id, person_id) = 1", name="claims_by"),
        Index("claims_of_need", "need_id", "at"),
        Index("claims_of_offer", "offer_id", postgresql_where="offer_id IS NOT NULL"),
        Index("claims_carried", "unit_id", postgresql_where="state IN ('asked', 'open')"),
        Index("claims_of_unit", "unit_id", "id"),
        Index("claims_of_person", "person_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    need_id: Mapped[UUID] = mapped_column(ForeignKey(Need.id))
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey(Offer.id))
    unit_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    amount: Mapped[int]
    state: Mapped[str]
    reason: Mapped[str | None]  # why it was given back
    at: Mapped[datetime] = mapped_column(default=now)
    delivered_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Claim.unit_id) == Unit.unit_id", viewonly=True)
    together: Mapped[list["Partner"]] = relationship(order_by="Partner.unit_id")

    #: What the route writes here for the one who asks: not a column.
    mine: bool = False


class Partner(Ours, Base):
    """A unit that is asked to take part in another one's claim."""

    __tablename__ = "claim_partners"

    claim_id: Mapped[UUID] = mapped_column(ForeignKey(Claim.id), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    agrees: Mapped[bool | None]  # none: has not said yet

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Partner.unit_id) == Unit.unit_id", viewonly=True)


class Project(Ours, Versioned, Base):
    """What those do who took on a need, or what a unit does by itself: steps until it is done."""

    __allow_unmapped__ = True
    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint(f"state IN {PROJECT_STATES}", name="projects_state"),
        CheckConstraint("num_nonnulls(need_id, unit_id) = 1", name="projects_of"),
        Index("projects_listed", "made_at", "id"),
        Index("projects_of_unit", "unit_id", postgresql_where="unit_id IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey(Need.id), unique=True)
    unit_id: Mapped[UUID | None]  # of a project without a need
    title: Mapped[str]
    steps: Mapped[list]  # [{text, done}]
    state: Mapped[str] = mapped_column(default="planned")
    made_at: Mapped[datetime] = mapped_column(default=now)

    #: What projects.with_units() writes here: not a column.
    units: tuple[Unit, ...] = ()
