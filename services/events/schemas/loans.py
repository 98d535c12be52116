"""Loans of equipment on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import CONDITIONS, EQUIPMENT_KINDS, LOAN_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.equipment import COUNT
from services.events.schemas.troupes import TroupeName
from services.events.schemas.venues import Name
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code

MAY = ("approve", "refuse", "withdraw", "hand_out", "take_back")


class LoanWish(Schema):
    """What one would like to borrow; for a unit that one acts for, a troupe that one leads, or oneself."""

    equipment_id = fields.UUID(required=True)
    count = fields.Integer(load_default=1, strict=True, validate=COUNT)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    purpose = Words(200, required=True)
    unit = Code(load_default=None, allow_none=True)
    troupe_id = fields.UUID(load_default=None, allow_none=True)
    activity_id = fields.UUID(load_default=None, allow_none=True)


class HandingOut(Schema):
    """How many they take with them, and how these are."""

    count = fields.Integer(required=True, strict=True, validate=COUNT)
    condition = fields.String(load_default="good", validate=validate.OneOf(CONDITIONS))
    note = Words(500, shortest=0, lines=True, load_default="")


class TakingBack(Schema):
    """How many came back, and how; *missing*: how many never will."""

    count = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1000))
    missing = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 1000))
    condition = fields.String(load_default="good", validate=validate.OneOf(CONDITIONS))
    note = Words(500, shortest=0, lines=True, load_default="")


class Lent(Schema):
    """What is lent, to name it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(EQUIPMENT_KINDS))
    kept_at = fields.String(required=True)
    rules = fields.String(required=True)
    unit = fields.Nested(UnitName, required=True)


class Loan(Schema):
    """A loan, for whose it is and for those who lend or hand it out. *left*: how many are out."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    equipment = fields.Nested(Lent, required=True)
    count = fields.Integer(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    person = fields.Nested(Name, required=True, allow_none=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    troupe = fields.Nested(TroupeName, required=True, allow_none=True)
    activity_id = fields.UUID(required=True, allow_none=True)
    purpose = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(LOAN_STATES))
    reason = fields.String(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    handed = fields.Integer(required=True)
    back = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    left = fields.Integer(required=True)
    out_at = Moment(required=True, allow_none=True)
    condition_out = fields.String(required=True, allow_none=True, validate=validate.OneOf(CONDITIONS))
    note_out = fields.String(required=True)
    condition_in = fields.String(required=True, allow_none=True, validate=validate.OneOf(CONDITIONS))
    note_in = fields.String(required=True)
    closed_at = Moment(required=True, allow_none=True)
    mine = fields.Boolean(required=True)
    may = fields.List(fields.String(validate=validate.OneOf(MAY)), required=True)  # what the one who asks may do


class LoanQuery(PageQuery):
    """Which loans, by their end; lent: of what the one who asks lends or hands out."""

    equipment = fields.UUID()
    state = fields.List(fields.String(validate=validate.OneOf(LOAN_STATES)), validate=validate.Length(max=7))
    mine = fields.Boolean(load_default=False)
    lent = fields.Boolean(load_default=False)
    overdue = fields.Boolean(load_default=False)
    newest_first = fields.Boolean(load_default=False)
