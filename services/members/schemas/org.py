"""Units, the organisation tree, places, groups and skills."""

from marshmallow import Schema, fields, validate

from services.members.models.places import PLACE_KINDS
from services.members.models.units import LINES, NODE_KINDS, UNIT_KINDS


class UnitOut(Schema):
    """A member unit."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(UNIT_KINDS))
    members_count = fields.Integer(required=True)
    needs_approval = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class UnitChange(Schema):
    """What a clerk can change of a unit."""

    name = fields.String(validate=validate.Length(1, 100))
    needs_approval = fields.Boolean()


class OrgQuery(Schema):
    """Which line, on which day."""

    line = fields.String(required=True, validate=validate.OneOf(LINES))
    as_of = fields.Date(load_default=None)


class Node(Schema):
    """A place in the organisation tree; its path says under which others."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    path = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(NODE_KINDS))
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    leader = fields.String(required=True, allow_none=True)
    deputy = fields.String(required=True, allow_none=True)
    members_count = fields.Integer(required=True)


class PlaceOut(Schema):
    """A compound, building or entrance."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(PLACE_KINDS))
    path = fields.String(required=True)
    parent_id = fields.UUID(required=True, allow_none=True)
    households = fields.Integer(required=True)


class Counted(Schema):
    """A code, its name, and how many members it has."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    count = fields.Integer(required=True)
