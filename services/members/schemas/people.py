"""Members as clerks see and change them."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.members.models.people import CATEGORIES, LANGUAGES
from services.members.schemas.sign_in import PlaceName, UnitName
from shared.page import PageQuery
from shared.schemas.fields import SKILLS, Code


class PeopleQuery(PageQuery):
    """Which members: by part of the name, by the whole number, by unit, place, skill."""

    q = fields.String(load_default=None, validate=validate.Length(1, 50))
    unit = Code(load_default=None)
    place = Code(load_default=None)
    skill = fields.String(load_default=None, validate=validate.OneOf(SKILLS))
    active = fields.Boolean(load_default=True)


class PersonItem(Schema):
    """A member in a list."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    phone_masked = fields.String(required=True, allow_none=True)
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    place = fields.Nested(PlaceName, required=True, allow_none=True)
    zone = fields.String(required=True, allow_none=True)
    skills = fields.List(fields.String(), required=True)
    groups = fields.List(fields.String(), required=True)
    active = fields.Boolean(required=True)


class PersonOut(PersonItem):
    """A member; number and address only for themselves and for clerks."""

    phone = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    version = fields.Integer(required=True)


class PersonIn(Schema):
    """The record of a member as it should be from today on."""

    number = Code(load_default=None, allow_none=True)
    name = fields.String(required=True, validate=validate.Length(1, 50))
    phone = fields.String(load_default=None, allow_none=True, validate=validate.Length(3, 30))
    email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=200))
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    unit = Code(required=True, allow_none=True)
    place = Code(load_default=None, allow_none=True)
    zone = Code(load_default=None, allow_none=True)
    skills = fields.List(
        fields.String(validate=validate.OneOf(SKILLS)), load_default=list, validate=validate.Length(max=20)
    )
    groups = fields.List(Code(), load_default=list, validate=validate.Length(max=50))
    language = fields.String(load_default="zh", validate=validate.OneOf(LANGUAGES))
    active = fields.Boolean(load_default=True)


class MoveIn(Schema):
    """To where, from which day on."""

    unit = Code(allow_none=True)
    place = Code(allow_none=True)
    start = fields.Date(required=True, data_key="from")

    @validates_schema
    def goes_somewhere(self, data: dict, **_) -> None:
        if not {"unit", "place"} & data.keys():
            raise ValidationError("required", "unit")
