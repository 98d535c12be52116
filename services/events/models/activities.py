"""What units hold for their audience."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.base import Base, Unit
from shared.db import NEW_ID, Ours, Versioned, now

KINDS = ("lecture", "sport", "culture", "work_day", "party_day", "service", "show", "other")
FORMS = ("classroom", "outing", "door_to_door", "online", "on_site")
STATES = ("draft", "submitted", "sent_back", "published", "postponed", "called_off")

#: Whom an activity can reach: its audience, of that only the unit's own members, or (sandbox) the unit's guest list.
REACHES = ("all", "unit", "guests")

#: In what of an activity words are searched for, as Postgres writes it.
WORDS = "(((title || ' ') || place) || ' ') || summary"


class Activity(Ours, Versioned, Base):
    """Something that a unit holds for its audience."""

    __allow_unmapped__ = True
    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="activities_kind"),
        CheckConstraint(f"form IN {FORMS}", name="activities_form"),
        CheckConstraint(f"state IN {STATES}", name="activities_state"),
        CheckConstraint(f"reach IN {REACHES}", name="activities_reach"),
        CheckConstraint("starts_at < ends_at", name="activities_time"),
        CheckConstraint("capacity > 0", name="activities_capacity"),
        CheckConstraint("(series_id IS NULL) = (occurs_on IS NULL)", name="activities_occurrence"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="activities_published"),
        Index("activities_open", "starts_at", "id", postgresql_where="published_at IS NOT NULL"),
        Index("activities_of_unit", "unit_id", "starts_at", "id"),
        Index("activities_of_series", "series_id", "occurs_on", unique=True, postgresql_where="series_id IS NOT NULL"),
        Index("activities_by_start", "committee_id", "starts_at", "id"),
        Index("activities_by_state", "committee_id", "state", "starts_at", "id"),
        Index("activities_pieces", text(f"bus.pieces({WORDS})"), postgresql_using="gin"),  # see the view events.words
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    title: Mapped[str]
    summary: Mapped[str]
    kind: Mapped[str]
    form: Mapped[str | None]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]  # None: whoever comes
    audience: Mapped[dict]
    sign_up: Mapped[dict] = mapped_column(default=dict, server_default="{}")  # see schemas/rules.py; {}: no questions
    state: Mapped[str] = mapped_column(default="draft")
    reason: Mapped[str | None]  # why it was sent back, or called off
    reach: Mapped[str]
    posted_by: Mapped[str]
    published_at: Mapped[datetime | None]
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.series.id"))
    occurs_on: Mapped[date | None]  # the day that the series' rule meant, wherever it was moved
    own: Mapped[list] = mapped_column(default=list, server_default="[]")  # fields that a change of the series leaves
    finished_at: Mapped[datetime | None]  # from then on, whoever was there is credited
    credit_minutes: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Activity.unit_id) == Unit.unit_id", viewonly=True)

    #: What sign_ups.counted() writes here: not columns.
    going_count: int = 0
    waiting_count: int = 0
    seats_left: int | None = None
    mine: str | None = None  # where the one who asks stands

    @property
    def shown_state(self) -> str:
        """The state, with the end that time brings by itself."""
        return "ended" if self.state == "published" and self.ends_at <= now() else self.state

    @property
    def sandbox(self) -> bool:
        return self.reach == "guests"
