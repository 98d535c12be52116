"""A workbook's way into the register: uploaded, checked, applied, undone.

    checking -> checked -> applying -> applied -> undone        (failed, stopped: nothing was imported)

Checking and applying happen in the worker. Progress is written beside the work, in short
transactions of its own, so that everybody sees it while the one transaction of the work is open.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import delete, exists, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from services.members.domain import applying, undoing
from services.members.domain.checking import Plan, check
from services.members.domain.reading import Mistake, NotAWorkbook, look, read
from services.members.domain.register import load
from services.members.models import ImportBatch, ImportChange, ImportFile
from shared.audit import record
from shared.crypto import hashed
from shared.db import locked, now, transaction
from shared.errors import Problem
from shared.outbox import publish
from shared.schemas import members

LIMIT = 10 * 1024 * 1024
SHOWN_ERRORS = 200
KEPT_FOR = timedelta(days=30)
SILENT_AFTER = timedelta(minutes=2)
MOST_STARTS = 3

#: What is said of a file that looked like a workbook until it was opened.
UNREADABLE = Mistake("", 0, "", "unreadable").as_dict()

#: One import is applied at a time in a committee; the next waits.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('members.imports ' || bus.committee(), 0))")

log = structlog.get_logger()


class WrongState(Problem):
    """That cannot be done with an import in this state."""


class HasErrors(Problem):
    """The workbook has errors; mend them and upload it again."""


class TooLongAgo(Problem):
    """How things were before this import is kept for thirty days only."""


class Stopped(Exception):
    """Somebody asked to stop."""


class StillWrong(Exception):
    """The register has changed since the check, so that the workbook has errors now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("errors")
        self.plan = plan


def upload(db: Session, *, filename: str, content: bytes, request_key: str, by: UUID, by_name: str) -> ImportBatch:
    """Keep a workbook and let the worker check it. The same request twice is one import."""
    key = hashed(request_key)
    known = select(ImportBatch).where(ImportBatch.created_by == by, ImportBatch.request_key == key)
    if batch := db.scalar(known):
        return batch
    look(content)
    batch = ImportBatch(
        filename=filename[:200], digest=digest(content), request_key=key, created_by=by, by_name=by_name
    )
    db.add(batch)
    db.flush()
    db.add(ImportFile(import_id=batch.id, content=b64encode(content).decode(), keep_until=now() + KEPT_FOR))
    publish(db, members.ImportUploaded, subject=batch.id, import_id=batch.id)
    return batch


def digest(content: bytes) -> bytes:
    """By which the same workbook is known again."""
    return hashlib.sha256(content).digest()


def approve(db: Session, import_id: UUID) -> ImportBatch:
    """Let the worker apply what was checked."""
    batch = _in_state(db, import_id, "checked")
    if batch.counts.get("errors"):
        raise HasErrors(count=batch.counts["errors"])
    _enter(batch, "applying")
    publish(db, members.ImportApproved, subject=batch.id, import_id=batch.id)
    return batch


def stop(db: Session, import_id: UUID) -> ImportBatch:
    """Ask the worker to stop; it leaves nothing behind."""
    batch = _in_state(db, import_id, "checking", "applying")
    batch.stop = True
    return batch


def undo(db: Session, import_id: UUID) -> ImportBatch:
    """Put back everything that an import changed."""
    batch = _in_state(db, import_id, "applied")
    db.execute(ONE_AT_A_TIME)
    if not db.scalar(select(exists().where(ImportFile.import_id == import_id))):
        raise TooLongAgo
    undoing.undo(db, import_id)
    batch.state, batch.undone_at = "undone", now()
    return batch


def check_upload(committee_id: UUID, import_id: UUID) -> None:
    """The worker's first part: read the workbook, compare it, note what it would do. Harmless to repeat."""
    _guarded(committee_id, import_id, "checking", _check)


def apply_approved(committee_id: UUID, import_id: UUID) -> None:
    """The worker's second part: everything or nothing. Done twice, it is done once."""
    _guarded(committee_id, import_id, "applying", _apply)


def resume_silent(db: Session) -> None:
    """Let work go on that a crash left lying; what crashed three times failed."""
    silent = ImportBatch.touched_at < now() - SILENT_AFTER
    query = select(ImportBatch).where(ImportBatch.state.in_(["checking", "applying"]), silent)
    for batch in db.scalars(query.with_for_update(skip_locked=True)):
        if batch.starts >= MOST_STARTS:
            batch.state = "failed"
            continue
        batch.touched_at = now()
        event = members.ImportUploaded if batch.state == "checking" else members.ImportApproved
        publish(db, event, subject=batch.id, import_id=batch.id)


def forget_old(db: Session) -> None:
    """Delete the workbooks of thirty days ago, and how things were before them."""
    gone = select(ImportFile.import_id).where(ImportFile.keep_until < now())
    db.execute(delete(ImportChange).where(ImportChange.import_id.in_(gone)))
    db.execute(delete(ImportFile).where(ImportFile.keep_until < now()))


def _guarded(committee_id: UUID, import_id: UUID, state: str, work: Callable) -> None:
    with transaction("members", committee_id) as tx:
        mine = update(ImportBatch).where(ImportBatch.id == import_id, ImportBatch.state == state)
        begun = mine.values(starts=ImportBatch.starts + 1, touched_at=now()).returning(ImportBatch.id)
        if not tx.execute(begun).all():
            return
    outcome = partial(_finish, committee_id, import_id, state)
    try:
        work(committee_id, import_id)
    except Stopped:
        outcome("stopped")
    except NotAWorkbook:
        outcome("failed", errors=[UNREADABLE])
    except StillWrong as wrong:
        outcome("checked", **_found(wrong.plan))
    except IntegrityError:
        log.warning("the register changed under an import", import_id=str(import_id))
        outcome("failed")
    except DBAPIError:
        raise  # Postgres is away or restarts: resume_silent() begins again
    except Exception:
        log.exception("import failed", import_id=str(import_id))
        outcome("failed")


def _check(committee_id: UUID, import_id: UUID) -> None:
    with transaction("members", committee_id) as tx:
        content = _content(tx, import_id)
        register = load(tx)
    reading = read(content)
    plan = check(reading, register, _ticker(committee_id, import_id, reading.seen))
    _finish(committee_id, import_id, "checking", "checked", **_found(plan))


def _apply(committee_id: UUID, import_id: UUID) -> None:
    with transaction("members", committee_id) as tx:
        tx.execute(ONE_AT_A_TIME)
        state = tx.scalar(select(ImportBatch.state).where(ImportBatch.id == import_id))
        if state != "applying":  # another worker was faster
            return
        register = load(tx, lock=True)
        reading = read(_content(tx, import_id))
        plan = check(reading, register)
        if plan.mistakes:
            raise StillWrong(plan)
        counts = plan.counts()
        tick = _ticker(committee_id, import_id, counts["new"] + counts["changed"])
        applying.apply(tx, import_id, plan, register, tick)
        values = {"state": "applied", "applied_at": now(), "progress": 1.0, "counts": counts}
        tx.execute(update(ImportBatch).where(ImportBatch.id == import_id).values(values))
        record(tx, "members.import_applied", "import", import_id, new=counts["new"], changed=counts["changed"])


def _ticker(committee_id: UUID, import_id: UUID, total: int) -> Callable[[int], None]:
    """What the work calls with the rows that are done: every 200 it shows them, and looks whether to stop."""
    shown_at = 0

    def tick(done: int) -> None:
        nonlocal shown_at
        if done - shown_at < applying.PIECE and done != total:
            return
        shown_at = done
        with transaction("members", committee_id) as tx:
            shown = {"progress": min(0.95 * done / max(total, 1), 0.95), "touched_at": now()}
            mine = update(ImportBatch).where(ImportBatch.id == import_id)
            stop_asked = tx.scalar(mine.values(shown).returning(ImportBatch.stop))
        if stop_asked:
            raise Stopped

    return tick


def _found(plan: Plan) -> dict:
    mistakes = plan.mistakes[:SHOWN_ERRORS]
    return {"counts": plan.counts(), "errors": [mistake.as_dict() for mistake in mistakes], "progress": 1.0}


def _finish(committee_id: UUID, import_id: UUID, before: str, state: str, **facts) -> None:
    with transaction("members", committee_id) as tx:
        mine = update(ImportBatch).where(ImportBatch.id == import_id, ImportBatch.state == before)
        tx.execute(mine.values(state=state, starts=0, **facts))


def _content(db: Session, import_id: UUID) -> bytes:
    content = db.scalar(select(ImportFile.content).where(ImportFile.import_id == import_id))
    if content is None:
        raise NotAWorkbook
    return b64decode(content)


def _in_state(db: Session, import_id: UUID, *states: str) -> ImportBatch:
    batch = locked(db, ImportBatch, import_id)
    if batch.state not in states:
        raise WrongState(state=batch.state)
    return batch


def _enter(batch: ImportBatch, state: str) -> None:
    batch.state, batch.progress, batch.starts, batch.touched_at, batch.stop = state, 0.0, 0, now(), False
