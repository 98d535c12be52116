"""Member units, and the organisation tree in its two lines."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base, Path, one_of
from shared.db import NEW_ID, Ours, Versioned

UNIT_KINDS = (
    "community", "sports", "culture", "school", "kindergarten", "health", "safety", "transport", "heating", "design",
    "shops", "bank", "social", "other",
)  # fmt: skip
LINES = ("vertical", "horizontal")
#: Kinds of nodes that people join, and that an audience can name.
GROUP_KINDS = ("compound_group", "stairwell_group", "activity_group", "volunteer_team")
NODE_KINDS = ("branch", "zone", "liaison_committee", "unit", *GROUP_KINDS)


class Unit(Ours, Versioned, Base):
    """A member unit of the joint committee; its branch is its members' home."""

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("committee_id", "code", name="units_code_key"),
        CheckConstraint(one_of("kind", UNIT_KINDS), name="units_kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="other")
    needs_approval: Mapped[bool] = mapped_column(server_default="true")  # of its activities, by a clerk
    active: Mapped[bool] = mapped_column(server_default="true")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class OrgNode(Ours, Versioned, Base):
    """A place in the vertical line (branch, compound groups, zones, stairwells) or in the horizontal one."""

    __tablename__ = "org_nodes"
    __table_args__ = (
        UniqueConstraint("committee_id", "code", name="org_nodes_code_key"),
        CheckConstraint(one_of("line", LINES), name="org_nodes_line"),
        CheckConstraint(one_of("kind", NODE_KINDS), name="org_nodes_kind"),
        CheckConstraint("valid_until > valid_from", name="org_nodes_dates"),
        Index("org_nodes_path", "path", postgresql_using="gist"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    code: Mapped[str]
    line: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    path: Mapped[str] = mapped_column(Path)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.units.id"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class NodePlace(Ours, Base):
    """A place that a node answers for: a compound, or the entrances of a stairwell group."""

    __tablename__ = "node_places"

    node_id: Mapped[UUID] = mapped_column(ForeignKey("members.org_nodes.id", ondelete="CASCADE"), primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("members.places.id"), primary_key=True, index=True)
