"""What units lend, and who has it until when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Sequence
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import Activity
from services.events.models.base import Base, Person, Unit
from services.events.models.troupes import Troupe
from shared.db import NEW_ID, Ours, Versioned, now

EQUIPMENT_KINDS = ("furniture", "sound", "tools", "costumes", "other")
LOAN_STATES = ("asked", "approved", "refused", "withdrawn", "lapsed", "out", "in")

#: The states in which nobody else can have it: wished for, promised, and not back yet.
HOLDING = ("asked", "approved", "out")

#: How it was when it was handed over, the best first.
CONDITIONS = ("good", "worn", "damaged")

#: Of what the borrower was told, each once: the day before, when the time was over, three days later.
OVERDUE_STEPS = ("due", "overdue", "still_out")

#: Slips of paper are named by a number that people can type.
LOAN_NUMBERS = Sequence("loan_numbers", metadata=Base.metadata)


class Equipment(Ours, Versioned, Base):
    """Something that a unit lends, of which it may have several alike."""

    __allow_unmapped__ = True
    __tablename__ = "equipment"
    __table_args__ = (
        CheckConstraint(f"kind IN {EQUIPMENT_KINDS}", name="equipment_kind"),
        CheckConstraint("count > 0 AND missing >= 0 AND longest_days > 0", name="equipment_figures"),
        CheckConstraint("out_now BETWEEN 0 AND count - missing", name="equipment_never_more_out"),
        Index("equipment_by_name", "name", "id"),
        Index("equipment_of_unit", "unit_id"),
        Index("equipment_of_steward", "steward_id", postgresql_where="steward_id IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    unit_id: Mapped[UUID]
    name: Mapped[str]
    kind: Mapped[str]
    count: Mapped[int]  # how many there are
    missing: Mapped[int] = mapped_column(default=0)  # that did not come back: not lent until somebody has counted
    out_now: Mapped[int] = mapped_column(default=0)
    kept_at: Mapped[str]
    rules: Mapped[str]
    longest_days: Mapped[int]
    needs_approval: Mapped[bool]
    steward_id: Mapped[UUID | None]  # who hands it out; None: the unit's officers do
    active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship(primaryjoin="foreign(Equipment.unit_id) == Unit.unit_id", viewonly=True)
    steward: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Equipment.steward_id) == Person.person_id", viewonly=True
    )

    #: How many can be had now: equipment.with_free() writes it here.
    free: int = 0

    @property
    def lendable(self) -> int:
        return self.count - self.missing


class Loan(Ours, Base):
    """Somebody has it, or would like to. Who it was goes ninety days after it is over."""

    __allow_unmapped__ = True
    __tablename__ = "loans"
    __table_args__ = (
        CheckConstraint(f"state IN {LOAN_STATES}", name="loans_state"),
        CheckConstraint("starts_at < ends_at", name="loans_time"),
        CheckConstraint("count > 0 AND handed BETWEEN 0 AND count", name="loans_count"),
        CheckConstraint("back >= 0 AND missing >= 0 AND back + missing <= handed", name="loans_back"),
        CheckConstraint("(state = 'out') = (handed > back + missing)", name="loans_out"),
        CheckConstraint("(state IN ('out', 'in')) = (out_at IS NOT NULL)", name="loans_handed_out"),
        CheckConstraint(f"condition_out IN {CONDITIONS} AND condition_in IN {CONDITIONS}", name="loans_condition"),
        CheckConstraint(f"told IN {OVERDUE_STEPS}", name="loans_told"),
        Index("loans_by_end", "ends_at", "id"),
        Index("loans_of_equipment", "equipment_id", "ends_at", "id"),
        Index("loans_of_person", "person_id", "ends_at", "id"),
        Index("loans_of_unit", "unit_id", "ends_at", "id", postgresql_where="unit_id IS NOT NULL"),
        Index("loans_of_troupe", "troupe_id", "ends_at", "id", postgresql_where="troupe_id IS NOT NULL"),
        Index("loans_of_activity", "activity_id", postgresql_where="activity_id IS NOT NULL"),
        Index("loans_holding", "equipment_id", postgresql_where=f"state IN {HOLDING}"),
        Index("loans_to_remind", "ends_at", postgresql_where="state = 'out'"),
        Index("loans_to_lapse", "starts_at", postgresql_where="state IN ('asked', 'approved')"),
        Index("loans_to_forget", "closed_at", postgresql_where="closed_at IS NOT NULL AND NOT forgotten"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    number: Mapped[int] = mapped_column(BigInteger, server_default=LOAN_NUMBERS.next_value(), unique=True)
    equipment_id: Mapped[UUID] = mapped_column(ForeignKey(Equipment.id))
    count: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    person_id: Mapped[UUID | None]  # who asked, and is told
    unit_id: Mapped[UUID | None]  # for which unit or troupe; None: for themselves
    troupe_id: Mapped[UUID | None] = mapped_column(ForeignKey(Troupe.id))
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey(Activity.id, ondelete="SET NULL"))
    purpose: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    handed: Mapped[int] = mapped_column(default=0)
    back: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    out_at: Mapped[datetime | None]
    condition_out: Mapped[str | None]
    note_out: Mapped[str] = mapped_column(default="")
    condition_in: Mapped[str | None]  # the worst of what came back
    note_in: Mapped[str] = mapped_column(default="")
    told: Mapped[str | None]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    equipment: Mapped[Equipment] = relationship()
    troupe: Mapped[Troupe | None] = relationship()
    unit: Mapped[Unit | None] = relationship(primaryjoin="foreign(Loan.unit_id) == Unit.unit_id", viewonly=True)
    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Loan.person_id) == Person.person_id", viewonly=True
    )

    #: What the one who asks may do with it, and whether it is theirs: loans.seeing.marked() writes it here.
    may: tuple[str, ...] = ()
    mine: bool = False

    @property
    def left(self) -> int:
        """How many of them are out."""
        return self.handed - self.back - self.missing

    @property
    def overdue(self) -> bool:
        return self.state == "out" and self.ends_at <= now()
