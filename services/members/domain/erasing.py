"""Somebody asks to be forgotten: here at once, elsewhere with the event, and again after every restore.

Who they were goes: name, number, mailbox, devices, roles, skills. Their row stays, with an id that stands for nobody,
so that what was counted stays counted. The id is also written beside the backups: a database that is taken back to an
earlier moment knows them again until erase_again() has read that file.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.members.domain.grants import secretaries
from services.members.models import Erasure, Grant
from shared.config import config
from shared.db import locked, now
from shared.errors import NotFound, Problem
from shared.outbox import publish
from shared.schemas.members import PersonErased

ERASE = text("SELECT members.erase(:person_id, :by)")
FORGET = text("SELECT bus.forget(:person_id, :known)")


class HoldsOffice(Problem):
    """A secretary is not forgotten before the role is taken back: somebody must be there to run the register."""

    status = 409


class Erased(Problem):
    """This person asked to be forgotten. If they come again, they come as somebody new."""

    status = 410


def refuse_erased(db: Session, person_id: UUID) -> None:
    """An id that stands for nobody does not become somebody's again."""
    if db.get(Erasure, person_id):
        raise Erased


def erase(db: Session, person_id: UUID, by: UUID | None = None) -> None:
    """Take a person out of the register, and tell everybody who knows them."""
    if db.scalar(select(Grant.id).where(Grant.person_id == person_id, secretaries()).limit(1)):
        raise HoldsOffice
    if not db.execute(ERASE, {"person_id": person_id, "by": by}).scalar_one():
        raise NotFound
    db.expire_all()
    publish(db, PersonErased, subject=person_id, person_id=person_id, erased_at=now())


def finish(db: Session, person_id: UUID) -> None:
    """Remove what the bus holds of them, and remember them outside the database."""
    erasure = locked(db, Erasure, person_id)
    if erasure.known:
        db.execute(FORGET, {"person_id": person_id, "known": erasure.known})
    _write_down(file(), erasure)
    erasure.known = None


def erase_again(db: Session) -> int:
    """Erase those of this committee who are in the file and not erased in this database; return how many."""
    missing = [person for committee, person in _written(file()) if committee == db.info["committee_id"]]
    again = [person for person in dict.fromkeys(missing) if db.get(Erasure, person) is None]
    for person_id in again:
        if db.execute(ERASE, {"person_id": person_id, "by": None}).scalar_one():
            publish(db, PersonErased, subject=person_id, person_id=person_id, erased_at=now())
    return len(again)


def file() -> Path:
    """A line for each: when, whose committee, who."""
    return Path(config().backup_dir or Path(config().data_dir) / "backups") / "erasures"


def _write_down(path: Path, erasure: Erasure) -> None:
    """On the disk before the transaction ends. A line that is there twice does no harm."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = f"{datetime.now(UTC).isoformat(timespec='seconds')} {erasure.committee_id} {erasure.person_id}\n"
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+") as output:
        output.write(_end_of_broken_line(output) + line.encode())
        output.flush()
        os.fsync(output.fileno())


def _end_of_broken_line(file: BinaryIO) -> bytes:
    """A power cut may have left half a line: what comes next must not become part of it."""
    if file.seek(0, os.SEEK_END) == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read() == b"\n" else b"\n"


def _written(path: Path) -> Iterator[tuple[UUID, UUID]]:
    """What the file says; a line that a power cut left half-written is passed over: its delivery came again."""
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        parts = line.split()
        if len(parts) == 3 and len(parts[2]) == 36:
            yield UUID(parts[1]), UUID(parts[2])
