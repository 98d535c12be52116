"""Workbooks that were uploaded, and what they changed, so that it can be undone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.members.models.base import Base, one_of
from shared.crypto import Encrypted, Hash
from shared.db import NEW_ID, Ours, now

IMPORT_STATES = ("checking", "checked", "applying", "applied", "undone", "failed", "stopped")
CHANGED_KINDS = ("unit", "place", "node", "person")


class ImportBatch(Ours, Base):
    """A workbook on its way into the register."""

    __tablename__ = "import_batches"
    __table_args__ = (
        CheckConstraint(one_of("state", IMPORT_STATES), name="import_batches_state"),
        UniqueConstraint("committee_id", "created_by", "request_key", name="import_batches_request_key"),
        Index("import_batches_newest", "committee_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=NEW_ID)
    filename: Mapped[str]
    digest: Mapped[bytes] = mapped_column(Hash)
    request_key: Mapped[bytes] = mapped_column(Hash)  # the Idempotency-Key's hash
    state: Mapped[str] = mapped_column(default="checking")
    counts: Mapped[dict] = mapped_column(default=dict)
    errors: Mapped[list] = mapped_column(default=list)  # the first two hundred, values masked
    progress: Mapped[float] = mapped_column(default=0.0)
    stop: Mapped[bool] = mapped_column(default=False)  # somebody asked to stop; the worker looks at it
    starts: Mapped[int] = mapped_column(default=0)  # of the worker, in this state
    touched_at: Mapped[datetime] = mapped_column(default=now)  # the worker's last sign of life
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[UUID]
    by_name: Mapped[str]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportFile(Ours, Base):
    """The bytes of a workbook, sealed; gone after thirty days."""

    __tablename__ = "import_files"

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.import_batches.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[str] = mapped_column(Encrypted("members.import_files.content"), deferred=True)  # base64
    keep_until: Mapped[datetime] = mapped_column(index=True)


class ImportChange(Ours, Base):
    """A row that a batch made or changed: as it was (None: it was not), and the version that the batch left."""

    __tablename__ = "import_changes"
    __table_args__ = (CheckConstraint(one_of("kind", CHANGED_KINDS), name="import_changes_kind"),)

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.import_batches.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(primary_key=True)
    before: Mapped[dict | None]
    version: Mapped[int]
