"""Equipment that units lend, on HTTP."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.models import EQUIPMENT_KINDS
from services.events.schemas.activities import UnitName
from services.events.schemas.venues import Name
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code

#: How many there are, or somebody wants.
COUNT = validate.Range(1, 1000)


class EquipmentFacts(Schema):
    """What a unit says of something that it lends."""

    name = Words(60, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(EQUIPMENT_KINDS))
    count = fields.Integer(required=True, strict=True, validate=COUNT)
    kept_at = Words(120, required=True)  # where it is fetched, and when
    rules = Words(500, shortest=0, lines=True, load_default="")
    longest_days = fields.Integer(load_default=7, strict=True, validate=validate.Range(1, 366))
    needs_approval = fields.Boolean(load_default=True)
    steward_id = fields.UUID(load_default=None, allow_none=True)


class EquipmentPosting(EquipmentFacts):
    """Something new: of which unit, if one acts for several."""

    unit = Code(load_default=None, allow_none=True)


class EquipmentEdit(EquipmentFacts):
    """The same, changed; what is not active cannot be asked for."""

    active = fields.Boolean(load_default=True)


class EquipmentCount(Schema):
    """How many there are, with those that are out."""

    count = fields.Integer(required=True, strict=True, validate=COUNT)


class Equipment(Schema):
    """Something that is lent. *free*: how many can be had now; *missing*: did not come back, and are not lent."""

    id = fields.UUID(required=True)
    unit = fields.Nested(UnitName, required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(EQUIPMENT_KINDS))
    count = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    free = fields.Integer(required=True)
    kept_at = fields.String(required=True)
    rules = fields.String(required=True)
    longest_days = fields.Integer(required=True)
    needs_approval = fields.Boolean(required=True)
    active = fields.Boolean(required=True)
    lends = fields.Boolean(required=True)  # whether the one who asks decides about it
    steward = fields.Nested(Name, required=True, allow_none=True)  # for those who lend it; null for others
    version = fields.Integer(required=True)


class EquipmentQuery(PageQuery):
    """Which things, by their names; lent: those that the one who asks lends, also what is not active."""

    kind = fields.String(validate=validate.OneOf(EQUIPMENT_KINDS))
    unit = Code()
    q = Words(50)
    lent = fields.Boolean(load_default=False)


class LoanSpan(Schema):
    """From when until when, and how many one would like."""

    starts_at = Moment(required=True, data_key="from")
    ends_at = Moment(required=True, data_key="to")
    count = fields.Integer(load_default=1, validate=COUNT)

    @validates_schema
    def ends_later(self, data: dict, **_) -> None:
        if data["ends_at"] <= data["starts_at"]:
            raise ValidationError("ends_before_start", "to")


class NextLoanSpan(Schema):
    """A span in which there are enough."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class FreeToLend(Schema):
    """How many are free all that time, and the next span as long in which there are enough."""

    free = fields.Integer(required=True)
    next = fields.Nested(NextLoanSpan, required=True, allow_none=True)
