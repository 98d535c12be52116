"""Places that pass from one to another: swaps, and looking for cover."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, OfPerson, Person
from services.patrol.models.shifts import Shift
from shared.db import NEW_ID, Ours

SWAP_STATES = ("offered", "accepted", "declined", "withdrawn")
COVER_STATES = ("open", "filled", "nobody_left", "stopped")
ASK_STATES = ("asked", "accepted", "declined", "over")


class Swap(Ours, Base):
    """Somebody who cannot come offers their place: to somebody by name, or to whoever of the squad takes it."""

    __tablename__ = "shift_swaps"
    __table_args__ = (
        CheckConstraint(f"state IN {SWAP_STATES}", name="shift_swaps_state"),
        Index("shift_swaps_one_open", "shift_id", "from_id", unique=True, postgresql_where="state = 'offered'"),
        Index("shift_swaps_to", "to_id", postgresql_where="state = 'offered'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id), index=True)
    from_id: Mapped[UUID] = mapped_column(index=True)
    to_id: Mapped[UUID | None]  # None: whoever takes it
    state: Mapped[str] = mapped_column(default="offered")
    offered_at: Mapped[datetime]
    taken_by: Mapped[UUID | None]

    shift: Mapped[Shift] = relationship()
    giver: Mapped[Person | None] = relationship(primaryjoin="foreign(Swap.from_id) == Person.person_id", viewonly=True)

    @property
    def from_name(self) -> str:
        return self.giver.name if self.giver else ""


class Cover(Ours, Base):
    """A shift is short of hands: some people are asked, then some more, until its places are filled."""

    __tablename__ = "covers"
    __table_args__ = (
        CheckConstraint(f"state IN {COVER_STATES}", name="covers_state"),
        CheckConstraint("places BETWEEN 1 AND 10", name="covers_places"),
        Index("covers_one_open", "shift_id", unique=True, postgresql_where="state = 'open'"),
        Index("covers_due", "next_at", postgresql_where="state = 'open'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id), index=True)
    places: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    asked_by: Mapped[UUID]
    began_at: Mapped[datetime]
    next_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    shift: Mapped[Shift] = relationship()
    asks: Mapped[list["CoverAsk"]] = relationship(back_populates="cover", order_by="(CoverAsk.batch, CoverAsk.id)")


class CoverAsk(OfPerson, Ours, Base):
    """Somebody was asked to stand in, and why they."""

    __tablename__ = "cover_asks"
    __table_args__ = (
        CheckConstraint(f"state IN {ASK_STATES}", name="cover_asks_state"),
        Index("cover_asks_once", "cover_id", "person_id", unique=True),
        Index("cover_asks_of_person", "person_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    cover_id: Mapped[UUID] = mapped_column(ForeignKey(Cover.id))
    person_id: Mapped[UUID]
    batch: Mapped[int]
    asked_at: Mapped[datetime]
    why: Mapped[list]
    state: Mapped[str] = mapped_column(default="asked")
    answered_at: Mapped[datetime | None]

    cover: Mapped[Cover] = relationship(back_populates="asks")
