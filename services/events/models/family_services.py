"""The ten services of the happy family: for which families each is meant, who gives it, who asked for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Person, Unit
from shared.crypto import Encrypted
from shared.db import NEW_ID, Ours, Versioned, now

#: Whom a service is meant for. It says so of a service and of a request, and is no mark on anybody.
FAMILY_TYPES = ("minors", "adults", "elders", "mobile")
REQUEST_STATES = ("asked", "taken", "done", "unmet", "withdrawn")
OPEN_REQUESTS = ("asked", "taken")
SATISFACTION = ("yes", "partly", "no")


class FamilyService(Ours, Versioned, Base):
    """A service. *skills*, *things* on the list of offers, *unit_kinds*: what makes a unit able to give it."""

    __tablename__ = "family_services"
    __table_args__ = (
        UniqueConstraint("committee_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 99", name="family_services_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    number: Mapped[int]
    name: Mapped[str]
    about: Mapped[str]
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text))
    things: Mapped[list[str]] = mapped_column(ARRAY(Text))
    unit_kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))

    cells: Mapped[list["ServiceCell"]] = relationship(
        order_by="ServiceCell.family_type", cascade="all, delete-orphan", back_populates="service"
    )


class ServiceCell(Ours, Base):
    """A service for a kind of family, whether or not somebody gives it already."""

    __tablename__ = "service_cells"
    __table_args__ = (
        CheckConstraint(f"family_type IN {FAMILY_TYPES}", name="service_cells_family_type"),
        CheckConstraint("slots >= 0", name="service_cells_slots"),
        Index("service_cells_of_unit", "unit_id"),
    )

    service_id: Mapped[UUID] = mapped_column(ForeignKey(FamilyService.id), primary_key=True)
    family_type: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None]  # that gives it
    slots: Mapped[int]  # a month

    service: Mapped[FamilyService] = relationship(back_populates="cells")
    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(ServiceCell.unit_id) == Unit.unit_id", viewonly=True)


class ServiceRequest(Ours, Base):
    """Somebody asks for a service. Who they are and what they wrote goes thirty days after it is over."""

    __allow_unmapped__ = True
    __tablename__ = "service_requests"
    __table_args__ = (
        CheckConstraint(f"family_type IN {FAMILY_TYPES}", name="service_requests_family_type"),
        CheckConstraint(f"state IN {REQUEST_STATES}", name="service_requests_state"),
        CheckConstraint(f"satisfied IN {SATISFACTION}", name="service_requests_satisfied"),
        Index("service_requests_of_cell", "service_id", "family_type", "made_at"),
        Index("service_requests_of_unit", "unit_id", "made_at", "id"),
        Index("service_requests_of_person", "person_id", "made_at", "id"),
        Index("service_requests_by_time", "made_at", "id"),
        Index("service_requests_to_forget", "closed_at", postgresql_where="closed_at IS NOT NULL AND NOT forgotten"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    service_id: Mapped[UUID] = mapped_column(ForeignKey(FamilyService.id))
    family_type: Mapped[str]
    unit_id: Mapped[UUID | None]  # that is to see to it
    person_id: Mapped[UUID | None]  # who asks; None: a resident, for whom a clerk asks
    name: Mapped[str | None] = mapped_column(Encrypted("events.service_requests.name"))
    phone: Mapped[str | None] = mapped_column(Encrypted("events.service_requests.phone"))
    words: Mapped[str | None] = mapped_column(Encrypted("events.service_requests.words"))
    state: Mapped[str] = mapped_column(default="asked")
    reason: Mapped[str | None]
    satisfied: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    service: Mapped[FamilyService] = relationship()
    unit: Mapped[Unit | None] = relationship(
        primaryjoin="foreign(ServiceRequest.unit_id) == Unit.unit_id", viewonly=True
    )
    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(ServiceRequest.person_id) == Person.person_id", viewonly=True
    )

    #: Whether the one who asks to see it made it: routes write it here.
    mine: bool = False

    @property
    def called(self) -> str | None:
        return self.person.name if self.person else self.name
