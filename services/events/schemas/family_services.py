"""The ten services on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import FAMILY_TYPES, REQUEST_STATES, SATISFACTION, THINGS
from services.events.schemas.activities import UnitName
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import SKILLS, Code

TYPE = validate.OneOf(FAMILY_TYPES)


class ServiceFacts(Schema):
    """What a service is, for whom it is meant, and what makes a unit able to give it."""

    name = Words(60, required=True)
    about = Words(1000, shortest=0, lines=True, load_default="")
    types = fields.List(fields.String(validate=TYPE), required=True, validate=validate.Length(1, 4))
    skills = fields.List(fields.String(validate=validate.OneOf(SKILLS)), load_default=list)
    things = fields.List(fields.String(validate=validate.OneOf(THINGS)), load_default=list)  # of the list of offers
    unit_kinds = fields.List(Code(), load_default=list, validate=validate.Length(max=20))


class ServicePosting(ServiceFacts):
    """A new service."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 99))


class Giving(Schema):
    """Which unit gives a service to a type of families, and how often a month; null: nobody does."""

    family_type = fields.String(required=True, validate=TYPE)
    unit = Code(required=True, allow_none=True)
    slots = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 10_000))


class Given(Schema):
    """To whom a service is given, and by which unit."""

    family_type = fields.String(required=True, validate=TYPE)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    slots = fields.Integer(required=True)


class FamilyService(Schema):
    """A service, as everybody sees it."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)
    about = fields.String(required=True)
    skills = fields.List(fields.String(), required=True)
    things = fields.List(fields.String(), required=True)
    unit_kinds = fields.List(fields.String(), required=True)
    cells = fields.List(fields.Nested(Given), required=True)
    version = fields.Integer(required=True)


class FamilyServices(Schema):
    """All services by their numbers."""

    items = fields.List(fields.Nested(FamilyService), required=True)


class Candidate(Schema):
    """A unit that could fill a cell, and why."""

    unit = fields.Nested(UnitName, required=True)
    why = fields.List(fields.Dict(), required=True)


class ServiceName(Schema):
    """A service, to name it."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)


class Uptake(Schema):
    """What came of requests in the last thirty days."""

    asked = fields.Integer(required=True)
    done = fields.Integer(required=True)
    unmet = fields.Integer(required=True)


class Cell(Schema):
    """A service for a type of families. none: it is not meant for them. satisfaction: null where too few said."""

    service = fields.Nested(ServiceName, required=True)
    family_type = fields.String(required=True, validate=TYPE)
    state = fields.String(required=True, validate=validate.OneOf(["ok", "thin", "empty", "none"]))
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    slots = fields.Integer(required=True)
    uptake = fields.Nested(Uptake, required=True)
    satisfaction = fields.Integer(required=True, allow_none=True)
    why = fields.List(fields.Dict(), required=True)
    candidates = fields.List(fields.Nested(Candidate), required=True)


class Matrix(Schema):
    """Every cell: four for each service."""

    cells = fields.List(fields.Nested(Cell), required=True)


class Asking(Schema):
    """A wish for a service. With a name it is a clerk's, for a resident who agreed to that."""

    family_type = fields.String(required=True, validate=TYPE)
    words = Words(500, lines=True, load_default=None, allow_none=True)
    name = Words(40, load_default=None, allow_none=True)
    phone = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"^\+?[0-9 -]{5,20}$"))


class ServiceRequest(Schema):
    """A request, as whoever asked and the unit see it; name is null once it is forgotten."""

    id = fields.UUID(required=True)
    service = fields.Nested(ServiceName, required=True)
    family_type = fields.String(required=True, validate=TYPE)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True, attribute="called")
    phone = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(REQUEST_STATES))
    reason = fields.String(required=True, allow_none=True)
    satisfied = fields.String(required=True, allow_none=True, validate=validate.OneOf(SATISFACTION))
    made_at = Moment(required=True)
    mine = fields.Boolean(required=True)


class RequestQuery(PageQuery):
    """Which requests, the newest first; mine: only one's own."""

    mine = fields.Boolean(load_default=False)
    state = fields.String(validate=validate.OneOf(REQUEST_STATES))


class Rating(Schema):
    """Whether it helped."""

    satisfied = fields.String(required=True, validate=validate.OneOf(SATISFACTION))
