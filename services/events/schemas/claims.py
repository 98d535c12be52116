"""Claims, projects and wishes on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import CLAIM_STATES, FINDINGS, NEED_STATES, PROJECT_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.lists import NeedWords, one_of
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code


class ClaimWords(Schema):
    """How much, out of which offer, as which unit, with whom."""

    amount = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    offer_id = fields.UUID(load_default=None, allow_none=True)
    unit = Code(load_default=None, allow_none=True)
    for_me = fields.Boolean(load_default=False)
    together = fields.List(Code(), load_default=list, validate=validate.Length(max=20))


class Partner(Schema):
    """A unit that is asked to take part; agrees is null until it says."""

    unit = fields.Nested(UnitName, required=True, allow_none=True)
    agrees = fields.Boolean(required=True, allow_none=True)


class Claim(Schema):
    """What somebody takes on of a need; without a unit: a member, who is not named."""

    id = fields.UUID(required=True)
    need_id = fields.UUID(required=True)
    title = fields.String(required=True, attribute="need.title")
    offer_id = fields.UUID(required=True, allow_none=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    amount = fields.Integer(required=True)
    state = one_of(CLAIM_STATES, required=True)
    reason = fields.String(required=True, allow_none=True)
    at = Moment(required=True)
    delivered_at = Moment(required=True, allow_none=True)
    together = fields.List(fields.Nested(Partner), required=True)
    mine = fields.Boolean(required=True)


class Claims(Schema):
    """The claims of a need, the oldest first."""

    items = fields.List(fields.Nested(Claim), required=True)


class Joining(Schema):
    """Whether one's unit takes part."""

    agrees = fields.Boolean(required=True)


class Confirmation(Schema):
    """The word of who needed it; what a resident said on the telephone to the desk goes into note."""

    note = Words(500, load_default=None, allow_none=True)


class Step(Schema):
    """A step of a project."""

    text = Words(200, required=True)
    done = fields.Boolean(load_default=False)


class ProjectWords(Schema):
    """A project's steps."""

    title = Words(80, required=True)
    steps = fields.List(fields.Nested(Step), load_default=list, validate=validate.Length(max=50))


class ProjectPosting(ProjectWords):
    """A project without a need."""

    unit = Code(load_default=None, allow_none=True)


class ProjectEdit(ProjectWords):
    """A project's steps; state ends one that has no need."""

    state = one_of(("running", "done", "dropped"), load_default=None, allow_none=True)


class Project(ProjectWords):
    """A project, and the units that take part."""

    id = fields.UUID(required=True)
    need_id = fields.UUID(required=True, allow_none=True)
    units = fields.List(fields.Nested(UnitName), required=True)
    state = one_of(PROJECT_STATES, required=True)
    made_at = Moment(required=True)
    version = fields.Integer(required=True)


class ProjectQuery(PageQuery):
    """Which projects."""

    state = one_of(PROJECT_STATES)
    need = fields.UUID()


class PersonalPart(Schema):
    """Whose wish it is: kept sealed."""

    name = Words(50, required=True)
    phone = Words(30, load_default=None, allow_none=True)
    where = Words(100, load_default=None, allow_none=True)


class WishPosting(NeedWords):
    """A wish; on_behalf: of a resident who agreed to it."""

    kind = one_of(("wish",), load_default="wish")
    whose = fields.Nested(PersonalPart, required=True)
    on_behalf = fields.Boolean(load_default=False)
    consent = fields.Boolean(required=True, validate=validate.Equal(True, error="consent_required"))


class Finding(Schema):
    """Where in the words something may tell who this is: from and up to (not including), counted in characters."""

    field = one_of(("title", "text"), required=True)
    start = fields.Integer(required=True, data_key="from", attribute="from")
    end = fields.Integer(required=True, data_key="to", attribute="to")
    kind = one_of(FINDINGS, required=True)
    confirmed = fields.Boolean(required=True)


class Findings(Schema):
    """What the check found; nothing left means all confirmed."""

    findings = fields.List(fields.Nested(Finding), required=True)


class Check(Schema):
    """confirm: what is found tells nothing of anybody, say I, who did not write it."""

    confirm = fields.Boolean(load_default=False)


class Slip(Schema):
    """What is handed to the resident: shown once."""

    url = fields.Url(required=True, require_tld=False)
    pin = fields.String(required=True)


class PublicWish(Schema):
    """A wish, for the resident who has its link."""

    title = fields.String(required=True)
    text = fields.String(required=True)
    state = one_of(NEED_STATES, required=True)
    delivered = fields.Boolean(required=True)


class Pin(Schema):
    """The PIN on the slip."""

    pin = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{6}$", error="invalid"))


class PinOutcome(Schema):
    """Whether it was the PIN; tries_left when not."""

    closed = fields.Boolean(required=True)
    tries_left = fields.Integer(required=True, allow_none=True)
