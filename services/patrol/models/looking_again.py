"""What a patrol finds where something was fixed."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.patrol.models.base import Base
from services.patrol.models.cases import Case
from services.patrol.models.reports import QUALITIES, Timed
from services.patrol.models.shifts import Shift
from shared.crypto import Hash
from shared.db import Ours


class SecondLook(Timed, Ours, Base):
    """A crew looked again at what was said to be fixed."""

    __tablename__ = "second_looks"
    __table_args__ = (CheckConstraint(f"time_quality IN {QUALITIES}", name="second_looks_time_quality"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)  # the phone's
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    shift_id: Mapped[UUID] = mapped_column(ForeignKey(Shift.id), index=True)
    person_id: Mapped[UUID]
    fixed: Mapped[bool]
    content: Mapped[bytes] = mapped_column(Hash)
