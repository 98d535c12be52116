"""Whom a message reached, on HTTP."""

from marshmallow import Schema, fields, validate

from services.notify.models.sendings import REACHES
from shared.page import PageQuery


class ReachQuery(PageQuery):
    state = fields.String(load_default=None, validate=validate.OneOf(REACHES))


class ReachCounts(Schema):
    answered = fields.Integer(required=True)
    read = fields.Integer(required=True)
    reached = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    unreached = fields.Integer(required=True)


class ReachOut(Schema):
    title = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True)
    counts = fields.Nested(ReachCounts, required=True)


class ReachedPerson(Schema):
    """Somebody who was told. *zone*: where they live, as far as members says; no door, no number."""

    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True, attribute="unit_name")
    zone = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(REACHES))
