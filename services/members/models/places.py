"""Compounds, their buildings, and the buildings' entrances."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base, Path, one_of
from shared.db import NEW_ID, Ours, Versioned

#: From the outside in; each stands in the one before.
PLACE_KINDS = ("compound", "building", "entrance")


class Place(Ours, Versioned, Base):
    """A compound, a building or an entrance."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("committee_id", "code", name="places_code_key"),
        CheckConstraint(one_of("kind", PLACE_KINDS), name="places_kind"),
        CheckConstraint("(kind = 'compound') = (parent_id IS NULL)", name="places_parent"),
        CheckConstraint("households >= 0", name="places_households"),
        Index("places_path", "path", postgresql_using="gist"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.places.id"), index=True)
    path: Mapped[str] = mapped_column(Path)
    households: Mapped[int] = mapped_column(server_default="0")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
