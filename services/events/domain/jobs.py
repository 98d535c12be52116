"""Jobs that units and shops offer: posted, looked at by a clerk where the unit wants that, off the list by itself."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from services.events.domain.scope import Asker
from services.events.domain.series.making import today
from services.events.domain.states import WrongState
from services.events.models import Job, Referral, Unit
from shared.db import now
from shared.errors import Forbidden, Invalid, NotFound
from shared.outbox import publish
from shared.schemas.event import Event
from shared.schemas.events import JobExpired, JobPublished, JobSentBack, JobSubmitted

#: No post stands longer than this without somebody saying that it is still open.
LONGEST = timedelta(days=92)

UNPUBLISHED = ("draft", "submitted", "sent_back")


def visible(asker: Asker) -> ColumnElement[bool]:
    """Open ones for everybody; those of one's own unit in any state, for clerks all."""
    if asker.clerk:
        return true()
    own = Job.unit_id.in_(asker.units) if asker.units else false()
    return or_(own, is_open())


def is_open() -> ColumnElement[bool]:
    return (Job.state == "published") & (Job.until >= today())


def listed() -> Select[Job]:
    return select(Job).options(joinedload(Job.unit))


def seen(db: Session, job_id: UUID, asker: Asker, *, lock: bool = False) -> Job:
    query = listed().where(Job.id == job_id, visible(asker))
    if lock:
        query = query.with_for_update(of=Job).execution_options(populate_existing=True)
    if (job := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return job


def own(db: Session, job_id: UUID, asker: Asker) -> Job:
    """The job, locked, if one may change it."""
    job = seen(db, job_id, asker, lock=True)
    if not asker.clerk and job.unit_id not in asker.units:
        raise Forbidden
    return job


def post(db: Session, unit: Unit, **facts: Any) -> Job:
    _check(facts["until"])
    job = Job(unit_id=unit.unit_id, **facts)
    db.add(job)
    db.flush()
    return job


def edit(db: Session, job: Job, **facts: Any) -> Job:
    """Also to let it stand longer: an expired one is open again then."""
    expect(job, *UNPUBLISHED, "published", "expired")
    _check(facts["until"])
    for name, value in facts.items():
        setattr(job, name, value)
    if job.state == "expired":
        job.state = "published"
    db.flush()
    return job


def submit(db: Session, job: Job, asker: Asker) -> Job:
    """Publish it; where the unit's news go through a clerk, ask one to."""
    expect(job, *UNPUBLISHED)
    _check(job.until)
    if job.unit.needs_approval and not asker.clerk:
        job.state, job.reason = "submitted", None
        db.flush()
        tell(db, JobSubmitted, job)
        return job
    job.state, job.reason, job.published_at = "published", None, now()
    db.flush()
    tell(db, JobPublished, job)
    return job


def send_back(db: Session, job: Job, *, reason: str) -> Job:
    expect(job, "submitted")
    job.state, job.reason = "sent_back", reason
    db.flush()
    tell(db, JobSentBack, job, reason=reason)
    return job


def close(db: Session, job: Job, *, reason: str) -> Job:
    """It is taken, or not offered any more."""
    expect(job, *UNPUBLISHED, "published", "expired")
    job.state, job.reason = "closed", reason
    db.flush()
    return job


def expire(db: Session) -> None:
    """Posts whose last day is over come off the list; their units are told once."""
    over = listed().where(Job.state == "published", Job.until < today()).order_by(Job.id)
    for job in db.scalars(over.with_for_update(of=Job, skip_locked=True)).all():
        job.state = "expired"
        db.flush()
        tell(db, JobExpired, job)


def unit_left(db: Session, unit_ids: Sequence[UUID]) -> None:
    """A unit that is no member any more offers no jobs here."""
    theirs = select(Job).where(Job.unit_id.in_(unit_ids), Job.state.in_((*UNPUBLISHED, "published", "expired")))
    for job in db.scalars(theirs.order_by(Job.id).with_for_update()).all():
        job.state, job.reason = "closed", None
    db.flush()


def marked(db: Session, jobs: Sequence[Job], person_id: UUID | None) -> Sequence[Job]:
    """Write on each whether this person has themselves referred: one query for all."""
    theirs = select(Referral.job_id).where(Referral.person_id == person_id, Referral.state != "withdrawn")
    mine = set(db.scalars(theirs.where(Referral.job_id.in_([job.id for job in jobs])))) if person_id else set()
    for job in jobs:
        job.mine = job.id in mine
    return jobs


def expect(job: Job, *allowed: str) -> None:
    if job.state not in allowed:
        raise WrongState(state=job.state, allowed=list(allowed))


def _check(until: date) -> None:
    if until < today():
        raise Invalid(errors={"until": ["in_the_past"]})
    if until > today() + LONGEST:
        raise Invalid(errors={"until": [{"code": "too_far_ahead", "max_days": LONGEST.days}]})


def tell(db: Session, event: type[Event], job: Job, **more: Any) -> None:
    """Publish *event* about *job*, with *more* facts of its own."""
    facts: dict[str, Any] = {"job_id": job.id, "title": job.title, "unit_id": job.unit_id, "unit_name": job.unit.name}
    publish(db, event, subject=job.id, **facts, **more)
