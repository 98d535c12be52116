"""The audit log as the secretary reads it."""

from marshmallow import Schema, fields, validate

from shared.page import PageQuery


class AuditQuery(PageQuery):
    """Acts by or about somebody, of one kind, on one day."""

    person = fields.UUID(load_default=None)
    action = fields.String(load_default=None, validate=validate.Regexp(r"^[a-z_]+(\.[a-z_]+)?$"))
    day = fields.Date(load_default=None)


class AuditEntry(Schema):
    """Who did what, when, to what. Facts are ids and our own words."""

    seq = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    actor = fields.String(required=True)
    on_behalf_of = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    object_kind = fields.String(required=True)
    object_id = fields.String(required=True, allow_none=True)
    facts = fields.Dict(keys=fields.String(), required=True)
    correlation_id = fields.String(required=True)
