"""Squads: who is in them, and which way they go."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.patrol.models.base import Base, OfPerson, Person
from services.patrol.models.places import Checkpoint
from shared.db import NEW_ID, Ours, Versioned


class Squad(Ours, Versioned, Base):
    """Volunteers who patrol together."""

    __tablename__ = "squads"
    __table_args__ = (UniqueConstraint("committee_id", "code", name="squads_code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    name: Mapped[str]
    leader_id: Mapped[UUID] = mapped_column(index=True)
    zone: Mapped[str | None]
    colour: Mapped[str | None]  # of their vests
    active: Mapped[bool] = mapped_column(default=True)

    leader: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Squad.leader_id) == Person.person_id", viewonly=True
    )
    members: Mapped[list["SquadMember"]] = relationship(
        back_populates="squad", cascade="all, delete-orphan", order_by="SquadMember.person_id"
    )
    stops: Mapped[list["Stop"]] = relationship(cascade="all, delete-orphan", order_by="Stop.position")

    @property
    def leader_name(self) -> str:
        return self.leader.name if self.leader else ""

    @property
    def route(self) -> list[UUID]:
        return [stop.checkpoint_id for stop in self.stops]


class SquadMember(OfPerson, Ours, Base):
    """Somebody who belongs to a squad."""

    __tablename__ = "squad_members"

    squad_id: Mapped[UUID] = mapped_column(ForeignKey(Squad.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    vest: Mapped[str | None]  # the number on it
    buddy_id: Mapped[UUID | None]  # who is asked first when this one falls silent

    squad: Mapped[Squad] = relationship(back_populates="members")


class Stop(Ours, Base):
    """A checkpoint on a squad's way."""

    __tablename__ = "routes"

    squad_id: Mapped[UUID] = mapped_column(ForeignKey(Squad.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    checkpoint_id: Mapped[UUID] = mapped_column(ForeignKey(Checkpoint.id))
