"""The board on HTTP."""

from marshmallow import Schema, fields

from services.patrol.schemas.calls import Sos
from services.patrol.schemas.cases import CaseLine
from services.patrol.schemas.reports import Trouble
from services.patrol.schemas.shifts import Shift, SquadLabel


class Silence(Schema):
    step = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    looked_after_by = fields.String(required=True, allow_none=True)


class ShiftOnBoard(Shift):
    last_sign_at = fields.AwareDateTime(required=True, allow_none=True)
    last_checkpoint = fields.String(required=True, allow_none=True)
    silence = fields.Nested(Silence, required=True, allow_none=True)
    troubles_open = fields.Integer(required=True)
    overdue = fields.Boolean(required=True)


class OpenCases(Schema):
    """How many there are, and those that are due first."""

    open = fields.Integer(required=True)
    late = fields.Integer(required=True)
    first = fields.List(fields.Nested(CaseLine), required=True)


class Board(Schema):
    now = fields.AwareDateTime(required=True)
    shifts = fields.List(fields.Nested(ShiftOnBoard), required=True)
    sos = fields.List(fields.Nested(Sos), required=True)
    troubles = fields.List(fields.Nested(Trouble), required=True)
    squads = fields.List(fields.Nested(SquadLabel), required=True)
    cases = fields.Nested(OpenCases, required=True)
