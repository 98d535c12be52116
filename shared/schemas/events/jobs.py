"""News of jobs and referrals."""

from marshmallow import fields, validate

from shared.schemas.event import Event


class _Job(Event):
    """What all news of a job carries."""

    job_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)


class JobSubmitted(_Job):
    """A unit asks for its job to be published."""

    topic = "events.job_submitted.v1"
    subscribers = ("notify",)


class JobSentBack(_Job):
    """A clerk wants something about a job changed first."""

    topic = "events.job_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class JobPublished(_Job):
    """A job is open. Its list is open to everybody; a message for each job would be too many."""

    topic = "events.job_published.v1"
    subscribers = ("notify",)


class JobExpired(_Job):
    """A job's last day is over, and it came off the list."""

    topic = "events.job_expired.v1"
    subscribers = ("notify",)


class JobReferred(_Job):
    """Somebody who agreed to it was referred to a job. Who it is the unit reads itself."""

    topic = "events.job_referred.v1"
    subscribers = ("notify",)


class JobOutcomeAsked(_Job):
    """Thirty days after a referral nobody has said how it went."""

    topic = "events.job_outcome_asked.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask whoever referred somebody"

    referral_id = fields.UUID(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))
