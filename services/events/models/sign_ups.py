"""Who goes where."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Sequence
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import Activity
from services.events.models.base import Base, Person
from shared.db import Ours, now

#: Where a person stands with an activity.
SIGN_UP_STATES = ("going", "waiting", "cancelled")

#: Who asked earlier has the lower number; drawn under the activity's lock, so clocks do not matter.
TURNS = Sequence("turns", metadata=Base.metadata)


class SignUp(Ours, Base):
    """A person's seat, or place in the waiting list."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        CheckConstraint(f"state IN {SIGN_UP_STATES}", name="sign_ups_state"),
        Index("sign_ups_waiting", "activity_id", "turn", postgresql_where="state = 'waiting'"),
        Index("sign_ups_in_turn", "activity_id", "turn", postgresql_where="state <> 'cancelled'"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    state: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    turn: Mapped[int] = mapped_column(BigInteger, server_default=TURNS.next_value())

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person] = relationship(primaryjoin="foreign(SignUp.person_id) == Person.person_id", viewonly=True)
