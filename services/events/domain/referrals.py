"""Who was referred to a job, with their consent, and how it went thirty days later."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from services.events.domain import jobs
from services.events.domain.scope import Asker
from services.events.domain.series.making import today
from services.events.domain.states import WrongState
from services.events.models import Job, Person, Referral
from shared.db import find, now
from shared.errors import Invalid, NotFound
from shared.schemas.events import JobOutcomeAsked, JobReferred

#: How long after a referral somebody asks how it went, and how long after the answer the name is kept.
ASKED_AFTER = timedelta(days=30)
KEPT = timedelta(days=30)


def refer(
    db: Session, job: Job, *, consent: str, referred_by: UUID | None, person_id: UUID | None = None,
    name: str | None = None, phone: str | None = None,
) -> Referral:  # fmt: skip
    """Let the unit know of somebody who agreed to that; of a member twice: once."""
    jobs.expect(job, "published")
    if job.until < today():
        raise WrongState(state="expired", allowed=["published"])
    if (person_id is None) == (name is None):
        raise Invalid(errors={"name": ["either_person_or_name"]})
    known = _of_member(db, job, person_id) if person_id else None
    if known and known.state != "withdrawn":
        return known
    made = known or Referral(job_id=job.id, person_id=person_id)
    made.name, made.phone, made.referred_by, made.consent = name, phone, referred_by, consent
    made.state, made.referred_at, made.asked_at, made.closed_at, made.forgotten = "referred", now(), None, None, False
    db.add(made)
    db.flush()
    jobs.tell(db, JobReferred, job)
    return made


def withdraw(db: Session, job_id: UUID, *, person_id: UUID) -> None:
    """They do not want it any more: the unit sees them no longer. Of a job that one cannot see there is nothing."""
    here = select(Referral).where(Referral.job_id == job_id, Referral.person_id == person_id)
    mine = db.scalars(here.with_for_update()).one_or_none()
    if mine is None:
        raise NotFound
    if mine.state == "referred":
        _close(mine, "withdrawn")
        db.flush()


def is_colleague(db: Session, asker: Asker, person_id: UUID) -> bool:
    """Whether this is somebody of a unit that one acts for."""
    person = db.get(Person, person_id)
    return person is not None and person.unit_id in asker.units


def of_job(db: Session, job: Job) -> Sequence[Referral]:
    """Whoever is not withdrawn, in the order in which they came."""
    query = select(Referral).where(Referral.job_id == job.id, Referral.state != "withdrawn")
    return db.scalars(query.options(joinedload(Referral.person)).order_by(Referral.referred_at, Referral.id)).all()


def settle(db: Session, referral_id: UUID, asker: Asker, *, result: str) -> Referral:
    """The unit, whoever referred them, or they themselves say how it went, or that they want it no more."""
    referral = db.scalars(select(Referral).where(Referral.id == referral_id).with_for_update()).one_or_none()
    if referral is None:
        raise NotFound
    job = find(db, Job, referral.job_id)
    theirs = asker.person_id is not None and asker.person_id in (referral.person_id, referral.referred_by)
    if not (asker.clerk or theirs or job.unit_id in asker.units):
        raise NotFound
    if referral.state == "withdrawn":
        raise WrongState(state=referral.state, allowed=["referred"])
    _close(referral, result)
    db.flush()
    return referral


def ask_outcomes(db: Session) -> None:
    """Thirty days after a referral the unit and whoever referred are asked once how it went."""
    due = select(Referral).where(Referral.state == "referred", Referral.asked_at.is_(None))
    due = due.where(Referral.referred_at <= now() - ASKED_AFTER).options(joinedload(Referral.job).joinedload(Job.unit))
    due = due.order_by(Referral.id).limit(500).with_for_update(of=Referral, skip_locked=True)
    for referral in db.scalars(due).all():
        referral.asked_at, job = now(), referral.job
        people = [referral.referred_by] if referral.referred_by else []
        jobs.tell(db, JobOutcomeAsked, job, referral_id=referral.id, person_ids=people)
    db.flush()


def forget_old(db: Session) -> None:
    """Thirty days after it is over, whoever it was is nobody; that somebody was hired is still counted."""
    over = (Referral.closed_at < now() - KEPT, ~Referral.forgotten)
    _forget(db, *over)


def leave(db: Session, person_ids: Sequence[UUID]) -> None:
    """Whoever left or asked to be forgotten is referred to nobody, and referred nobody."""
    open_ones = update(Referral).where(Referral.person_id.in_(person_ids), Referral.state == "referred")
    db.execute(open_ones.values(state="withdrawn", closed_at=now()))
    _forget(db, Referral.person_id.in_(person_ids))
    db.execute(update(Referral).where(Referral.referred_by.in_(person_ids)).values(referred_by=None))


def _forget(db: Session, *which) -> None:
    gone = {**dict.fromkeys(("person_id", "name", "phone", "referred_by")), "forgotten": True}
    db.execute(update(Referral).where(*which).values(**gone))


def _close(referral: Referral, state: str) -> None:
    """Of who withdrew, nothing but that stays."""
    referral.state, referral.closed_at = state, referral.closed_at or now()
    if state == "withdrawn":
        referral.name = referral.phone = None
        referral.forgotten = True


def _of_member(db: Session, job: Job, person_id: UUID) -> Referral | None:
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise Invalid(errors={"person_id": ["unknown"]})
    here = select(Referral).where(Referral.job_id == job.id, Referral.person_id == person_id)
    return db.scalars(here.with_for_update()).one_or_none()
