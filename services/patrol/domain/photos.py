"""Photos: drawn anew without what the phone wrote into them, kept sealed, deleted a while after the case is over."""

import hashlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain import redraw
from services.patrol.domain.cases.reading import sees
from services.patrol.domain.cases.steps import NotNow
from services.patrol.domain.limits import HOUR, Limit
from services.patrol.domain.readers import Reader
from services.patrol.models import Case, CaseReport, Photo
from shared.config import config
from shared.crypto import new_token, seal_bytes, unseal_bytes
from shared.db import now
from shared.errors import Invalid, NotFound, Problem, Unavailable

#: What may be sent, and what we keep of it.
LARGEST, KEPT_LARGEST = 10 * 1024 * 1024, 3 * 1024 * 1024

#: A resident adds their picture soon after they reported, or not at all.
SOON = timedelta(hours=1)
KEPT = timedelta(days=90)
MOST_OF_A_CASE = 12

PLACE = "patrol.photos"

#: Whoever has no account lets us draw so often, whatever comes of it.
FROM_A_PLACE = Limit("photos from", 40, HOUR)

#: One at a time in a process, whoever sends how many; who waits for longer is told to come again.
_hands = BoundedSemaphore(1)
PATIENCE = 20


class OnePhoto(Problem):
    """There is a photo already."""


class Drawn(NamedTuple):
    """A picture as we drew it."""

    jpeg: bytes
    width: int
    height: int


def redrawn(sent: bytes) -> Drawn:
    """The picture as we draw it, or the problem that it is none that we take."""
    if not _hands.acquire(timeout=PATIENCE):
        raise Unavailable(retry_after=10)
    try:
        command = [sys.executable, "-I", redraw.__file__]
        done = subprocess.run(command, input=sent, capture_output=True, timeout=3 * redraw.SECONDS, env={})  # noqa: S603  our own
    except subprocess.TimeoutExpired:  # what decodes for too long is ended by itself: this machine is busy
        raise Unavailable(retry_after=10) from None
    finally:
        _hands.release()
    if done.returncode or not done.stdout or len(done.stdout) > KEPT_LARGEST:
        raise Invalid(errors={"photo": [_why(done)]})
    width, _, height = done.stderr.decode().partition(" ")
    return Drawn(done.stdout, int(width), int(height))


def add_to_report(db: Session, report_id: UUID, sent: bytes, *, person_id: UUID | None) -> Photo:
    """The picture of what was found, by whoever reported it. Sent twice, it is one."""
    mine = select(CaseReport).where(CaseReport.id == report_id, CaseReport.person_id.is_not_distinct_from(person_id))
    report = db.scalar(mine.with_for_update())
    if report is None or (person_id is None and report.channel != "web"):
        raise NotFound
    if known := db.scalar(select(Photo).where(Photo.report_id == report_id)):
        if bytes(known.sent) != _digest(sent):
            raise OnePhoto
        return known
    if report.reported_at < now() - SOON and person_id is None:
        raise NotFound
    return _keep(db, report.case_id, sent, part="found", report_id=report_id)


def add_to_case(db: Session, case: Case, sent: bytes) -> Photo:
    """How it looks now that it is fixed, by its owner."""
    known = select(Photo).where(Photo.case_id == case.id, Photo.part == "fixed", Photo.sent == _digest(sent))
    return db.scalar(known.limit(1)) or _keep(db, case.id, sent, part="fixed")


def opened(db: Session, photo_id: UUID, reader: Reader) -> bytes:
    """The picture, for who sees its case, and for the member who sent it."""
    photo = db.get(Photo, photo_id)
    if photo is None or not _may_see(db, photo, reader):
        raise NotFound
    try:
        return unseal_bytes(path_of(db, photo.file).read_bytes(), PLACE)
    except FileNotFoundError:
        raise NotFound from None


def forget_old(db: Session) -> None:
    """Delete those of cases that are over for long, and files whose row was never kept."""
    over = select(Photo).join(Case, Case.id == Photo.case_id).where(Case.ended_at < now() - KEPT)
    for photo in db.scalars(over.limit(1000)):
        path_of(db, photo.file).unlink(missing_ok=True)
        db.delete(photo)
    db.flush()
    known = set(db.scalars(select(Photo.file)))
    a_day_ago = now().timestamp() - timedelta(days=1).total_seconds()
    for path in _folder(db).glob("*"):
        if path.name not in known and path.stat().st_mtime < a_day_ago:
            path.unlink(missing_ok=True)


def _keep(db: Session, case_id: UUID, sent: bytes, *, part: str, report_id: UUID | None = None) -> Photo:
    if len(db.scalars(select(Photo.id).where(Photo.case_id == case_id)).all()) >= MOST_OF_A_CASE:
        raise NotNow(most=MOST_OF_A_CASE)
    drawn = redrawn(sent)
    file = new_token()
    _folder(db).mkdir(parents=True, exist_ok=True, mode=0o700)
    path_of(db, file).write_bytes(seal_bytes(drawn.jpeg, PLACE))
    facts = {"width": drawn.width, "height": drawn.height, "sent": _digest(sent)}
    photo = Photo(case_id=case_id, report_id=report_id, part=part, file=file, **facts)
    db.add(photo)
    db.flush()
    return photo


def _may_see(db: Session, photo: Photo, reader: Reader) -> bool:
    if db.scalar(select(Case.id).where(Case.id == photo.case_id, sees(reader))):
        return True
    mine = select(CaseReport.id).where(CaseReport.id == photo.report_id, CaseReport.person_id == reader.person_id)
    return db.scalar(mine) is not None


def _why(done: subprocess.CompletedProcess) -> str:
    said = done.stderr.decode(errors="replace")
    return said if said in ("not_a_picture", "too_many_pixels") else "damaged"


def _digest(sent: bytes) -> bytes:
    return hashlib.sha256(sent).digest()


def _folder(db: Session) -> Path:
    return Path(config().photo_dir or Path(config().data_dir, "photos"), str(db.info["committee_id"]))


def path_of(db: Session, file: str) -> Path:
    return _folder(db) / file
