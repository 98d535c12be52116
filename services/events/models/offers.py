"""The list of offers, and which of them could meet a need."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Unit
from services.events.models.listed import Listed, listed_checks
from services.events.models.needs import Need
from shared.db import NEW_ID, Ours, Versioned, now

OFFER_STATES = ("draft", "published", "withdrawn")
MATCH_STATES = ("proposed", "taken", "declined")


class Offer(Listed, Ours, Versioned, Base):
    """Something that a unit or a member can give."""

    __allow_unmapped__ = True
    __tablename__ = "offers"
    __table_args__ = (
        *listed_checks("offers", OFFER_STATES),
        Index("offers_listed", "published_at", "id"),
        Index("offers_of_unit", "unit_id", "id"),
        Index("offers_of_person", "person_id", postgresql_where="person_id IS NOT NULL"),
        Index("offers_open_what", "kind", "what", "published_at", postgresql_where="state = 'published'"),
        Index("offers_open_skills", "skills", postgresql_using="gin", postgresql_where="state = 'published'"),
    )

    state: Mapped[str] = mapped_column(default="draft")

    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Offer.unit_id) == Unit.unit_id", viewonly=True)

    #: What offers.counted() writes here for the one who asks: not columns.
    load: int = 0
    mine: bool = False


class Match(Ours, Base):
    """An offer that could meet a need, and why. *ordering*: by which of the reasons it comes before another one."""

    __tablename__ = "matches"
    __table_args__ = (
        UniqueConstraint("need_id", "offer_id", name="matches_once"),
        CheckConstraint(f"state IN {MATCH_STATES}", name="matches_state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    need_id: Mapped[UUID] = mapped_column(ForeignKey(Need.id))
    offer_id: Mapped[UUID] = mapped_column(ForeignKey(Offer.id), index=True)
    why: Mapped[list]
    ordering: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    state: Mapped[str] = mapped_column(default="proposed")
    made_at: Mapped[datetime] = mapped_column(default=now)

    need: Mapped[Need] = relationship()
    offer: Mapped[Offer] = relationship()
