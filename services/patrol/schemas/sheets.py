"""The sheet of a shift, as its crew's phones keep it."""

from marshmallow import Schema, fields, validate

from services.patrol.models.reports import TROUBLES
from services.patrol.models.way import SKIP_REASONS
from services.patrol.schemas.checklists import Checklist
from services.patrol.schemas.key_areas import AreaDue, TipOfShift
from services.patrol.schemas.shifts import Handover, Shift, Stop


class OpenThing(Schema):
    """Trouble that is still open, as the next squad is told of it."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(TROUBLES))
    place = fields.String(required=True)
    words = fields.String(required=True)
    happened_at = fields.AwareDateTime(required=True)


class Skipped(Schema):
    reason = fields.String(required=True, validate=validate.OneOf(SKIP_REASONS))
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class SheetStop(Stop):
    skipped = fields.Nested(Skipped, required=True, allow_none=True)
    checklists = fields.List(fields.String(), required=True)
    checked = fields.List(fields.String(), required=True)


class SheetHandover(Handover):
    items = fields.List(fields.Nested(OpenThing), required=True)


class Sheet(Shift):
    """A shift with all that a phone needs on the way."""

    checkpoints = fields.List(fields.Nested(SheetStop), required=True)
    handover_before = fields.Nested(SheetHandover, required=True, allow_none=True)
    open = fields.List(fields.Nested(OpenThing), required=True)
    checklists = fields.List(fields.Nested(Checklist), required=True)
    key_areas = fields.List(fields.Nested(AreaDue), required=True)
    tip = fields.Nested(TipOfShift, required=True, allow_none=True)
