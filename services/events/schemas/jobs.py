"""Jobs on HTTP."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.models import CONSENTS, JOB_STATES, REFERRAL_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.words import Day, Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code


class JobFacts(Schema):
    """What a unit says of a job."""

    title = Words(80, required=True)
    about = Words(2000, shortest=0, lines=True, load_default="")
    hours = Words(120, required=True)
    pay = Words(120, required=True)
    place = Words(120, required=True)
    contact = Words(120, required=True)  # the unit's: everybody sees it
    openings = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 1000))
    until = Day(required=True)


class JobPosting(JobFacts):
    """A new job: of which unit, and whether to publish it at once."""

    unit = Code(load_default=None, allow_none=True)
    submit = fields.Boolean(load_default=False)


class OpenJob(JobFacts):
    """A job that is open, as everybody sees it."""

    id = fields.UUID(dump_only=True)
    unit = fields.Nested(UnitName, dump_only=True)


class Job(OpenJob):
    """A job; mine: whether one has oneself referred to it."""

    state = fields.String(dump_only=True, validate=validate.OneOf(JOB_STATES))
    reason = fields.String(dump_only=True, allow_none=True)
    mine = fields.Boolean(dump_only=True)
    version = fields.Integer(dump_only=True)


class JobQuery(PageQuery):
    """Which jobs, by their last day."""

    state = fields.String(validate=validate.OneOf(JOB_STATES))
    unit = Code()


PHONE = validate.Regexp(r"^\+?[0-9 -]{5,20}$")


class OwnReferral(Schema):
    """Whether the unit may know of oneself, and call: only with a yes."""

    consent = fields.Boolean(required=True)
    phone = fields.String(load_default=None, allow_none=True, validate=PHONE)

    @validates_schema
    def says_yes(self, data: dict, **_) -> None:
        if data.get("consent") is False:
            raise ValidationError("required", "consent")


class Referring(Schema):
    """Somebody who agreed to be named to the unit: a member, or a resident by name."""

    person_id = fields.UUID(load_default=None, allow_none=True)
    name = Words(40, load_default=None, allow_none=True)
    phone = fields.String(load_default=None, allow_none=True, validate=PHONE)
    consent = fields.String(required=True, validate=validate.OneOf(["paper", "told"]))


class Referral(Schema):
    """Somebody who was referred; name is null once it is forgotten."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True, attribute="called")
    phone = fields.String(required=True, allow_none=True)
    consent = fields.String(required=True, validate=validate.OneOf(CONSENTS))
    state = fields.String(required=True, validate=validate.OneOf(REFERRAL_STATES))
    referred_at = Moment(required=True)


class Referrals(Schema):
    """Those of a job, in the order in which they came."""

    items = fields.List(fields.Nested(Referral), required=True)


class Result(Schema):
    """How it went; withdrawn: they take their yes back, and their name goes at once."""

    result = fields.String(required=True, validate=validate.OneOf(["hired", "not_hired", "unknown", "withdrawn"]))
