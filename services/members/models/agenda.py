"""What the joint meeting has to speak about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base
from shared.db import NEW_ID, Ours


class AgendaItem(Ours, Base):
    """A matter that came to the joint meeting by itself, once."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("kind", "about", name="agenda_items_once"),
        Index("agenda_items_open", "since", "id", postgresql_where="settled_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    kind: Mapped[str]  # what kind of matter: need
    about: Mapped[UUID]
    title: Mapped[str]
    since: Mapped[datetime]
    settled_at: Mapped[datetime | None]  # somebody saw to it before the meeting did, or after
