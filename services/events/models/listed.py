"""What needs and offers have in common: what, where, when, how many."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db import NEW_ID, now

LISTED_KINDS = ("venue", "skill", "goods", "people", "service", "wish", "other")

#: What exactly, in words that both lists share. Never anything about a person's health, origin, belief or means.
THINGS = (
    "room", "hall", "sports_ground", "equipment", "books", "furniture", "clothing", "food", "appliances", "tools",
    "volunteers", "coaches", "performers", "drivers", "repair", "haircut", "legal_advice", "health_check", "tutoring",
    "company", "transport", "shopping", "photos", "lecture",
)  # fmt: skip

#: What amounts are counted in.
MEASURES = ("pieces", "people", "hours", "times", "places", "days", "sets")

#: When in the week; none of them: whenever.
TIMES = ("weekday_day", "weekday_evening", "weekend_day", "weekend_evening")


class Listed:
    """A line of a list; of a unit, of a member, or (neither) of the desk."""

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    what: Mapped[str | None]
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text))
    unit_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    written_by: Mapped[UUID | None]
    worded_by: Mapped[UUID | None]  # who changed the words last: a wish needs other eyes, too
    compound: Mapped[str | None]  # none: anywhere in the community
    building: Mapped[str | None]
    entrance: Mapped[str | None]
    from_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    times: Mapped[list[str]] = mapped_column(ARRAY(Text))
    amount: Mapped[int]
    left: Mapped[int]
    measure: Mapped[str]
    reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=now)

    #: Whether the one who asks may know where a member or a resident lives: not a column, see lists.mark().
    precise = False

    @property
    def place(self) -> dict[str, str | None] | None:
        """Where, from the outside in; of a member or a resident, others learn the compound only."""
        if self.compound is None:
            return None
        within = (self.building, self.entrance) if self.unit_id or self.precise else (None, None)
        return {"compound": self.compound, "building": within[0], "entrance": within[1]}


def listed_checks(table: str, states: tuple[str, ...]) -> tuple[CheckConstraint, ...]:
    """What the database refuses in a line of either list."""
    return (
        CheckConstraint(f"kind IN {LISTED_KINDS}", name=f"{table}_kind"),
        CheckConstraint(f"what IN {THINGS}", name=f"{table}_what"),
        CheckConstraint(f"measure IN {MEASURES}", name=f"{table}_measure"),
        CheckConstraint(f"times <@ ARRAY{list(TIMES)}", name=f"{table}_times"),
        CheckConstraint(f"state IN {states}", name=f"{table}_state"),
        CheckConstraint('"left" BETWEEN 0 AND amount', name=f"{table}_left"),
        CheckConstraint("from_at < until_at", name=f"{table}_time"),
        CheckConstraint("num_nonnulls(unit_id, person_id) <= 1", name=f"{table}_owner"),
        CheckConstraint("compound IS NOT NULL OR building IS NULL", name=f"{table}_building"),
        CheckConstraint("building IS NOT NULL OR entrance IS NULL", name=f"{table}_entrance"),
    )
