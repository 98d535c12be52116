"""Who goes where."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Sequence
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.events.models.activities import Activity
from services.events.models.base import Base, Person
from shared.crypto import Encrypted, EncryptedJSON
from shared.db import NEW_ID, Ours, now

#: Where somebody stands with an activity; offered: a seat is held for them until they answer.
SIGN_UP_STATES = ("going", "waiting", "offered", "cancelled")

#: Those in which a seat is taken.
SEATED = ("going", "offered")

#: Who signed them up: they themselves, somebody at the desk, the desk after a telephone call, a neighbour.
BY = ("self", "clerk", "phone", "neighbour")

#: What somebody can do there beside taking part; the first are named by the unit only.
PARTS = ("leader", "first_aider", "driver", "photographer", "helper")
NAMED_BY_UNIT = ("leader",)

#: Who asked earlier has the lower number; drawn under the activity's lock, so clocks do not matter.
TURNS = Sequence("turns", metadata=Base.metadata)


class SignUp(Ours, Base):
    """A person's seat, or place in the waiting list. Of a guest, person_id is the guest's id."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        CheckConstraint(f"state IN {SIGN_UP_STATES}", name="sign_ups_state"),
        CheckConstraint(f"by IN {BY}", name="sign_ups_by"),
        CheckConstraint(f"part IN {PARTS}", name="sign_ups_part"),
        CheckConstraint("party_size BETWEEN 1 AND 20", name="sign_ups_party"),
        CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name="sign_ups_offer"),
        Index("sign_ups_waiting", "activity_id", "turn", postgresql_where="state = 'waiting'"),
        Index("sign_ups_in_turn", "activity_id", "turn", postgresql_where="state <> 'cancelled'"),
        Index("sign_ups_seated", "activity_id", postgresql_where="state IN ('going', 'offered')"),
        Index("sign_ups_offers", "offer_until", postgresql_where="state = 'offered'"),
        Index("sign_ups_asked", "asked_id", unique=True, postgresql_where="asked_id IS NOT NULL"),
        Index("sign_ups_told", "activity_id", postgresql_where="details IS NOT NULL"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    state: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    turn: Mapped[int] = mapped_column(BigInteger, server_default=TURNS.next_value())
    guest: Mapped[bool] = mapped_column(default=False, server_default="false")
    party_size: Mapped[int] = mapped_column(default=1, server_default="1")  # they themselves included
    part: Mapped[str | None]  # who helps takes no seat of those who take part
    quotas: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list, server_default="{}")  # that they fall in
    by: Mapped[str] = mapped_column(default="self", server_default="self")
    by_id: Mapped[UUID | None]
    why: Mapped[list] = mapped_column(default=list, server_default="[]")  # of the last decision: {code, ...facts}
    asked_id: Mapped[UUID | None]  # what they were asked last, and may answer by one tap
    offer_until: Mapped[datetime | None]
    details: Mapped[dict | None] = mapped_column(EncryptedJSON("events.sign_ups.details"))  # see domain/wishes.py

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person | None] = relationship(
        primaryjoin="foreign(SignUp.person_id) == Person.person_id", viewonly=True
    )
    known_guest: Mapped["Guest | None"] = relationship(
        primaryjoin="foreign(SignUp.person_id) == Guest.id", viewonly=True
    )


class Guest(Ours, Base):
    """Somebody without an account, whom the desk entered for one activity. Name and number are forgotten after it."""

    __tablename__ = "guests"
    __table_args__ = (Index("guests_activity", "activity_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    activity_id: Mapped[UUID] = mapped_column(ForeignKey(Activity.id, ondelete="CASCADE"))
    name: Mapped[str | None] = mapped_column(Encrypted("events.guests.name"))
    phone: Mapped[str | None] = mapped_column(Encrypted("events.guests.phone"))
    at: Mapped[datetime] = mapped_column(default=now)
