"""Sign-in, who one is, and one's devices."""

from marshmallow import Schema, fields, validate

from services.members.models.access import ROLES
from services.members.models.people import LANGUAGES


class CodeWish(Schema):
    """To which number a code should go."""

    phone = fields.String(required=True, validate=validate.Length(3, 30))


class Nothing(Schema):
    """An empty answer."""


class SignIn(Schema):
    """The code that came, and how long this device should be remembered."""

    phone = fields.String(required=True, validate=validate.Length(3, 30))
    code = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{6}\Z", error="invalid"))
    device_name = fields.String(load_default="", validate=validate.Length(max=80))
    remember = fields.Boolean(load_default=True)


class SignOut(Schema):
    """Here, or on every device."""

    everywhere = fields.Boolean(load_default=False)


class UnitName(Schema):
    """A unit as people know it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)


class PlaceName(Schema):
    """A place as people know it, with the compound in which it lies."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    compound = fields.String(required=True, allow_none=True)


class Role(Schema):
    """A role that a person holds now."""

    role = fields.String(required=True, validate=validate.OneOf([*ROLES, "member"]))
    unit_id = fields.UUID(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    start = fields.AwareDateTime(required=True, data_key="from")
    until = fields.AwareDateTime(required=True, allow_none=True)


class Me(Schema):
    """Who is signed in."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    place = fields.Nested(PlaceName, required=True, allow_none=True)
    roles = fields.List(fields.Nested(Role), required=True)
    skills = fields.List(fields.String(), required=True)
    groups = fields.List(fields.String(), required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    version = fields.Integer(required=True)


class SignedIn(Schema):
    """Who has just signed in."""

    person = fields.Nested(Me, required=True)


class MeChange(Schema):
    """What one can change oneself."""

    language = fields.String(validate=validate.OneOf(LANGUAGES))


class Device(Schema):
    """A device on which one is signed in."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    current = fields.Boolean(required=True)


class Devices(Schema):
    """All of them."""

    items = fields.List(fields.Nested(Device), required=True)
