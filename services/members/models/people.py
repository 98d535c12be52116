"""Members, what they say they can do, and where they belong from when until when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey, Index, Sequence, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base, one_of
from shared.crypto import Encrypted, Hash
from shared.db import NEW_ID, Ours, Versioned, now
from shared.schemas.fields import SKILLS

CATEGORIES = ("in_service", "retired", "floating", "flexible", "probationary")
LANGUAGES = ("zh", "en")
BELONGINGS = ("home", "community", "node")
ROLES_IN = ("member", "leader", "deputy")

member_numbers = Sequence("member_numbers", metadata=Base.metadata, schema="members")
NEXT_NUMBER = "'M' || lpad(nextval('members.member_numbers')::text, 5, '0')"


class Person(Ours, Versioned, Base):
    """A member. Unit and place are those of today, kept here from the memberships by domain/belonging."""

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("committee_id", "number", name="people_number_key"),
        Index("people_phone_key", "committee_id", "phone_blind", unique=True, postgresql_where=text("active")),
        Index("people_name_pieces", text("bus.pieces(name)"), postgresql_using="gin"),  # see members.names
        Index("people_of_unit", "unit_id", "number", "id"),
        CheckConstraint(one_of("category", CATEGORIES), name="people_category"),
        CheckConstraint(one_of("language", LANGUAGES), name="people_language"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    number: Mapped[str] = mapped_column(server_default=text(NEXT_NUMBER))
    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(Encrypted("members.people.phone"))  # E.164 without the plus
    phone_blind: Mapped[bytes | None] = mapped_column(Hash)
    email: Mapped[str | None] = mapped_column(Encrypted("members.people.email"))
    category: Mapped[str] = mapped_column(server_default="in_service")
    language: Mapped[str] = mapped_column(server_default="zh")
    active: Mapped[bool] = mapped_column(default=True, server_default="true")
    unit_id: Mapped[UUID | None]
    place_id: Mapped[UUID | None] = mapped_column(index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now, server_default=text("now()"))
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class PersonSkill(Ours, Base):
    """Something that a member has declared that they can do."""

    __tablename__ = "person_skills"
    __table_args__ = (
        CheckConstraint(one_of("skill", SKILLS), name="person_skills_skill"),
        Index("person_skills_skill", "committee_id", "skill", "number", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("members.people.id", ondelete="CASCADE"), primary_key=True)
    skill: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(FetchedValue())  # the member's: migrations/versions/0010_grown.sql sees to it


class Membership(Ours, Base):
    """Where a member belongs, by day: to a unit (home), a place (community), or a node of the organisation.

    migrations/versions/0002_members.sql keeps two homes, two places or two leaders of one node from overlapping.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint(one_of("kind", BELONGINGS), name="memberships_kind"),
        CheckConstraint(one_of("role_in", ROLES_IN), name="memberships_role"),
        CheckConstraint(
            "CASE kind WHEN 'home' THEN unit_id WHEN 'community' THEN place_id ELSE node_id END IS NOT NULL"
            " AND num_nonnulls(unit_id, place_id, node_id) = 1",
            name="memberships_target",
        ),
        CheckConstraint("valid_until > valid_from", name="memberships_dates"),
        Index("memberships_person", "person_id", "kind"),
        Index("memberships_begun", "committee_id", "valid_from", postgresql_where=text("kind <> 'node'")),
        Index(
            "memberships_ended",
            "committee_id",
            "valid_until",
            postgresql_where=text("kind <> 'node' AND valid_until IS NOT NULL"),
        ),
        Index("memberships_heads", "node_id", postgresql_where=text("role_in <> 'member'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("members.people.id", ondelete="CASCADE"))
    kind: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.units.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.places.id"), index=True)
    node_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.org_nodes.id"), index=True)
    role_in: Mapped[str] = mapped_column(server_default="member")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]  # the first day on which they do not belong any more
