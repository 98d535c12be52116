"""Roles and keys."""

from marshmallow import Schema, fields, validate

from services.members.models.access import KEY_KINDS, ROLES, SCOPES
from services.members.schemas.sign_in import UnitName
from shared.schemas.fields import Code

#: A rotated key's predecessor is valid for two more weeks at most.
MOST_OVERLAP_HOURS = 14 * 24


class GrantIn(Schema):
    """Who shall hold which role, where, from when until when."""

    person_id = fields.UUID(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    place = Code(load_default=None, allow_none=True)
    start = fields.AwareDateTime(load_default=None, allow_none=True, data_key="from")
    until = fields.AwareDateTime(load_default=None, allow_none=True)


class GrantOut(Schema):
    """A role that somebody holds, or will hold."""

    id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    person_name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    start = fields.AwareDateTime(required=True, data_key="from")
    until = fields.AwareDateTime(required=True, allow_none=True)


class KeyIn(Schema):
    """What a key shall be for."""

    kind = fields.String(required=True, validate=validate.OneOf(KEY_KINDS))
    label = fields.String(load_default="", validate=validate.Length(max=80))
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)), required=True, validate=validate.Length(1, len(SCOPES))
    )
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)


class Rotation(Schema):
    """How long the old key stays valid beside the new one."""

    overlap_hours = fields.Integer(load_default=0, validate=validate.Range(0, MOST_OVERLAP_HOURS))


class KeyOut(Schema):
    """A key, without its secret."""

    id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KEY_KINDS))
    label = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    ending = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class KeyShown(KeyOut):
    """A new key, with its secret, which is shown this once."""

    key = fields.String(required=True)
