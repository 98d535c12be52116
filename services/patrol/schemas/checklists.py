"""Checklists and what was checked, on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.models.checklists import ITEM_KINDS
from services.patrol.models.reports import TROUBLES
from services.patrol.schemas.words import Flag, Words
from shared.page import PageQuery
from shared.schemas.fields import Code


class ItemChoice(Schema):
    code = Code(required=True)
    zh = Words(60, 1, required=True)
    en = Words(120, 1, required=True)
    fails = Flag(load_default=False)


class ListItem(Schema):
    code = Code(required=True)
    zh = Words(60, 1, required=True)
    en = Words(120, 1, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(ITEM_KINDS))
    fail_opens = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(TROUBLES))
    choices = fields.List(fields.Nested(ItemChoice), load_default=list, validate=validate.Length(max=12))
    low = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-1e6, 1e6))
    high = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-1e6, 1e6))
    measure = Words(10, load_default="")


class Checklist(Schema):
    """A checklist in one version: a change makes the next one."""

    id = fields.UUID(dump_only=True)
    code = Code(dump_only=True)
    version = fields.Integer(dump_only=True)
    name = Words(40, 1, required=True)
    items = fields.List(fields.Nested(ListItem), required=True, validate=validate.Length(1, 60))
    places = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    active = Flag(load_default=True)
    made_at = fields.AwareDateTime(dump_only=True)


class Checklists(Schema):
    items = fields.List(fields.Nested(Checklist), required=True)


class ItemAnswered(Schema):
    item = fields.String(required=True)
    value = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)


class Check(Schema):
    id = fields.UUID(required=True)
    shift_id = fields.UUID(required=True)
    squad = fields.String(required=True)
    checkpoint_id = fields.UUID(required=True)
    place = fields.String(required=True)
    happened_at = fields.AwareDateTime(required=True)
    checklist = fields.Nested(Checklist, required=True)
    answers = fields.List(fields.Nested(ItemAnswered), required=True)
    failed = fields.List(fields.String(), required=True)


class CheckQuery(PageQuery):
    failed = fields.Boolean(load_default=False, metadata={"description": "Only those with something not in order"})
    checkpoint = fields.UUID(load_default=None)
