"""Amateur troupes: who is in them, when they rehearse, what they play, where they are asked to play."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Person, Unit
from shared.crypto import Encrypted
from shared.db import NEW_ID, Ours, Versioned, now

DISCIPLINES = ("choir", "dance", "exercise", "errentai", "calligraphy", "instruments", "chess", "photo", "other")
INVITATION_STATES = ("asked", "accepted", "declined", "withdrawn")


class Troupe(Ours, Versioned, Base):
    """People who sing, dance, paint or play together; of a unit, or (none) of residents."""

    __allow_unmapped__ = True
    __tablename__ = "troupes"
    __table_args__ = (
        Index("troupes_name", "committee_id", "name", unique=True),
        CheckConstraint(f"discipline IN {DISCIPLINES}", name="troupes_discipline"),
        Index("troupes_leader", "leader_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    name: Mapped[str]
    discipline: Mapped[str]
    about: Mapped[str]
    unit_id: Mapped[UUID | None]
    leader_id: Mapped[UUID]
    rehearsals: Mapped[list]  # {weekday, start_time, minutes, place}
    repertoire: Mapped[list]  # {title, minutes}
    active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Troupe.unit_id) == Unit.unit_id", viewonly=True)
    leader: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Troupe.leader_id) == Person.person_id", viewonly=True
    )

    #: How many are in it: troupes.counted() writes it here.
    size: int = 0


class TroupeMember(Ours, Base):
    """Somebody in a troupe: a member, or a resident by name."""

    __tablename__ = "troupe_members"
    __table_args__ = (
        CheckConstraint("num_nonnulls(person_id, name) = 1", name="troupe_members_who"),
        Index("troupe_members_once", "troupe_id", "person_id", unique=True, postgresql_where="person_id IS NOT NULL"),
        Index("troupe_members_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    troupe_id: Mapped[UUID] = mapped_column(ForeignKey(Troupe.id), index=True)
    person_id: Mapped[UUID | None]
    name: Mapped[str | None] = mapped_column(Encrypted("events.troupe_members.name"))
    part: Mapped[str]  # first voice, drum, prompter
    since: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(TroupeMember.person_id) == Person.person_id", viewonly=True
    )

    @property
    def called(self) -> str:
        return self.person.name if self.person else self.name or ""


class TroupeInvitation(Ours, Base):
    """A unit would like a troupe to come and play."""

    __tablename__ = "troupe_invitations"
    __table_args__ = (
        CheckConstraint(f"state IN {INVITATION_STATES}", name="troupe_invitations_state"),
        CheckConstraint("starts_at < ends_at", name="troupe_invitations_time"),
        Index("troupe_invitations_of_troupe", "troupe_id", "starts_at", "id"),
        Index("troupe_invitations_of_unit", "unit_id", "starts_at", "id"),
        Index("troupe_invitations_by_start", "starts_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    troupe_id: Mapped[UUID] = mapped_column(ForeignKey(Troupe.id))
    unit_id: Mapped[UUID]  # that invites
    invited_by: Mapped[UUID | None]
    title: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    wishes: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    troupe: Mapped[Troupe] = relationship()
    unit: Mapped[Unit] = relationship(primaryjoin="foreign(TroupeInvitation.unit_id) == Unit.unit_id", viewonly=True)
