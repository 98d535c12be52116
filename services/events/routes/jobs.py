"""Jobs that units offer, and who was referred to them."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.events.domain import jobs, referrals, scope
from services.events.models import Job, Unit
from services.events.routes.asking import asker, me
from services.events.schemas import activities as words
from services.events.schemas import jobs as schemas
from shared.audit import record
from shared.auth import PERSON, PUBLIC, actor, needs
from shared.errors import Forbidden
from shared.idempotency import once
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("jobs", __name__, description="Jobs that units offer")


@bp.get("/public/jobs")
@needs(PUBLIC)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.OpenJob))
def list_open_jobs(wanted):
    """Open jobs by their last day, without signing in: also who has no account looks for work."""
    return page(g.db, jobs.listed().where(jobs.is_open()), [Job.until, Job.id], **wanted)


@bp.get("/jobs")
@needs(PERSON)
@bp.arguments(schemas.JobQuery, location="query")
@bp.response(200, paged(schemas.Job))
def list_jobs(wanted):
    """Jobs by their last day: open ones, one's own unit's in any state, for clerks all."""
    query = jobs.listed().where(jobs.visible(asker()))
    if state := wanted.pop("state", None):
        query = query.where(Job.state == state)
    if unit := wanted.pop("unit", None):
        query = query.where(Job.unit_id.in_(select(Unit.unit_id).where(Unit.code == unit)))
    found = page(g.db, query, [Job.until, Job.id], **wanted)
    return found | {"items": jobs.marked(g.db, found["items"], actor().person_id)}


@bp.post("/jobs")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.JobPosting)
@bp.response(201, schemas.Job)
def post_job(posting):
    """Write down a job of one's unit; with `submit` it is published, or a clerk looks at it."""
    unit, submit_it = scope.unit_of(g.db, asker(), posting.pop("unit")), posting.pop("submit")
    job = jobs.post(g.db, unit, **posting)
    return _noted("posted", jobs.submit(g.db, job, asker()) if submit_it else job)


@bp.get("/jobs/<uuid:job_id>")
@needs(PERSON)
@bp.response(200, schemas.Job)
def get_job(job_id):
    """One job."""
    return _shown(jobs.seen(g.db, job_id, asker()))


@bp.put("/jobs/<uuid:job_id>")
@needs("clerk", "liaison")
@bp.arguments(schemas.JobFacts)
@bp.response(200, schemas.Job)
@bp.doc(parameters=[IF_MATCH])
def put_job(facts, job_id):
    """Change it, or let it stand longer."""
    return _noted("changed", jobs.edit(g.db, match(jobs.own(g.db, job_id, asker())), **facts))


@bp.post("/jobs/<uuid:job_id>/publish")
@needs("clerk", "liaison")
@bp.response(200, schemas.Job)
@bp.doc(parameters=[IF_MATCH])
def publish_job(job_id):
    """Publish it; where the unit's news go through a clerk, ask one to."""
    return _noted("published", jobs.submit(g.db, match(jobs.own(g.db, job_id, asker())), asker()))


@bp.post("/jobs/<uuid:job_id>/send-back")
@needs("clerk")
@bp.arguments(words.Reason)
@bp.response(200, schemas.Job)
@bp.doc(parameters=[IF_MATCH])
def send_back_job(why, job_id):
    """Let the unit change something first."""
    return _noted("sent_back", jobs.send_back(g.db, match(jobs.own(g.db, job_id, asker())), **why))


@bp.post("/jobs/<uuid:job_id>/close")
@needs("clerk", "liaison")
@bp.arguments(words.Reason)
@bp.response(200, schemas.Job)
@bp.doc(parameters=[IF_MATCH])
def close_job(why, job_id):
    """It is taken, or not offered any more."""
    return _noted("closed", jobs.close(g.db, match(jobs.own(g.db, job_id, asker())), **why))


@bp.put("/jobs/<uuid:job_id>/referral")
@needs(PERSON)
@bp.arguments(schemas.OwnReferral)
@bp.response(200, schemas.Referral)
def put_my_referral(said, job_id):
    """Let the unit know of oneself; twice is once."""
    job = jobs.seen(g.db, job_id, asker(), lock=True)
    mine = referrals.refer(g.db, job, person_id=me(), phone=said["phone"], consent="self", referred_by=None)
    return _referred(job, mine)


@bp.delete("/jobs/<uuid:job_id>/referral")
@needs(PERSON)
@bp.response(204)
def delete_my_referral(job_id):
    """The unit need not know any more."""
    referrals.withdraw(g.db, job_id, person_id=me())


@bp.get("/jobs/<uuid:job_id>/referrals")
@needs("clerk", "liaison")
@bp.response(200, schemas.Referrals)
def list_referrals(job_id):
    """Who was referred; for the unit that offers the job, and clerks."""
    return {"items": referrals.of_job(g.db, jobs.own(g.db, job_id, asker()))}


@bp.post("/jobs/<uuid:job_id>/referrals")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.Referring)
@bp.response(201, schemas.Referral)
def post_referral(referring, job_id):
    """Refer somebody who agreed to be named: a resident, or a member; liaison officers those of their own unit."""
    job = jobs.seen(g.db, job_id, asker(), lock=True)
    member = referring["person_id"]
    if member and not asker().clerk and not referrals.is_colleague(g.db, asker(), member):
        raise Forbidden
    return _referred(job, referrals.refer(g.db, job, referred_by=me(), **referring))


@bp.put("/referrals/<uuid:referral_id>/result")
@needs(PERSON)
@bp.arguments(schemas.Result)
@bp.response(200, schemas.Referral)
def put_result(said, referral_id):
    """Say how it went: the unit, whoever referred them, or they themselves."""
    settled = referrals.settle(g.db, referral_id, asker(), **said)
    record(g.db, "events.job_result", "referral", settled.id, state=settled.state)
    return settled


def _noted(done: str, job: Job) -> Job:
    unit_id = job.unit_id if job.unit_id in actor().units() else None
    record(g.db, f"events.job_{done}", "job", job.id, on_behalf_of=unit_id, state=job.state)
    return _shown(job)


def _shown(job: Job) -> Job:
    jobs.marked(g.db, [job], actor().person_id)
    return tag(job)


def _referred(job: Job, referral):
    record(g.db, "events.job_referred", "job", job.id, consent=referral.consent)
    return referral
