"""Workbooks on their way in."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from services.members.models.imports import IMPORT_STATES


class WorkbookIn(Schema):
    """An Excel workbook, ten megabytes at most."""

    file = Upload(required=True)


class Counts(Schema):
    """Rows of a workbook by what they do."""

    rows = fields.Integer(load_default=0, dump_default=0)
    new = fields.Integer(load_default=0, dump_default=0)
    changed = fields.Integer(load_default=0, dump_default=0)
    unchanged = fields.Integer(load_default=0, dump_default=0)
    errors = fields.Integer(load_default=0, dump_default=0)


class MistakeOut(Schema):
    """Something wrong in a workbook: where it is, a code, and plain words. Row 0: the sheet itself."""

    sheet = fields.String(required=True)
    row = fields.Integer(required=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    value_masked = fields.String(required=True)
    params = fields.Dict(required=True)
    words = fields.String(required=True)


class ImportItem(Schema):
    """An import in a list."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(IMPORT_STATES))
    filename = fields.String(required=True)
    counts = fields.Nested(Counts, required=True)
    progress = fields.Float(required=True)
    created_at = fields.AwareDateTime(required=True)
    applied_at = fields.AwareDateTime(required=True, allow_none=True)
    undone_at = fields.AwareDateTime(required=True, allow_none=True)
    by = fields.String(required=True, attribute="by_name")


class ImportOut(ImportItem):
    """An import, with its first two hundred errors."""

    errors = fields.List(fields.Nested(MistakeOut), required=True)
