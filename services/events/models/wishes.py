"""The personal part of a wish, which no list reads, and what was confirmed to be no trace of a person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.events.models.base import Base
from services.events.models.needs import Need
from shared.crypto import EncryptedJSON, Hash
from shared.db import Ours, now

#: What the check of words looks for.
FINDINGS = ("name", "phone", "id_number", "address", "room", "birth_date", "plate", "account")


class Wish(Ours, Base):
    """Whose wish it is, sealed, and what proves the resident's word: a link that they alone have, and its PIN."""

    __tablename__ = "wishes"

    need_id: Mapped[UUID] = mapped_column(ForeignKey(Need.id), primary_key=True)
    whose: Mapped[dict] = mapped_column(EncryptedJSON("events.wishes.whose"))  # {name, phone, where}
    consented_at: Mapped[datetime] = mapped_column(default=now)
    link: Mapped[bytes | None] = mapped_column(Hash, unique=True)
    pin: Mapped[bytes | None] = mapped_column(Hash)
    tries_left: Mapped[int] = mapped_column(default=0)
    confirmed_by: Mapped[str | None]  # link, person, desk
    note: Mapped[str | None]  # what the resident said on the telephone


class Clearance(Ours, Base):
    """Somebody looked at what the check found in a wish, and it is no trace of anybody."""

    __tablename__ = "clearances"

    need_id: Mapped[UUID] = mapped_column(ForeignKey(Need.id), primary_key=True)
    finding: Mapped[bytes] = mapped_column(Hash, primary_key=True)  # blind: of the words, not the words
    by: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(default=now)
