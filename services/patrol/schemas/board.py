"""The board on HTTP."""

from marshmallow import Schema, fields

from services.patrol.schemas.calls import Sos
from services.patrol.schemas.cases import CaseLine
from services.patrol.schemas.reports import Trouble
from services.patrol.schemas.responses import ResponseMeter
from services.patrol.schemas.shifts import Shift, SquadLabel


class Silence(Schema):
    step = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    looked_after_by = fields.String(required=True, allow_none=True)


class ShiftOnBoard(Shift):
    last_sign_at = fields.AwareDateTime(required=True, allow_none=True)
    last_checkpoint = fields.String(required=True, allow_none=True)
    silence = fields.Nested(Silence, required=True, allow_none=True)
    last_checkpoint_id = fields.UUID(required=True, allow_none=True)
    skipped = fields.List(fields.UUID(), required=True)
    troubles_open = fields.Integer(required=True)
    overdue = fields.Boolean(required=True)


class OpenCases(Schema):
    """How many there are, and those that are due first."""

    open = fields.Integer(required=True)
    late = fields.Integer(required=True)
    first = fields.List(fields.Nested(CaseLine), required=True)


class CallOnBoard(Schema):
    """A call for hands that goes on."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    severity = fields.String(required=True)
    drill = fields.Boolean(required=True)
    place = fields.String(required=True)
    zone = fields.String(required=True, allow_none=True)
    raised_at = fields.AwareDateTime(required=True)
    meter = fields.Nested(ResponseMeter, required=True)


class ZoneOnMap(Schema):
    """A compound. Only one without checkpoints has a cell of its own."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    cell = fields.Tuple((fields.Integer(), fields.Integer()), required=True, allow_none=True)
    cases = fields.Integer(required=True)
    late = fields.Integer(required=True)


class PointOnMap(Schema):
    """A checkpoint in its cell: column, row."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    zone = fields.String(required=True, allow_none=True)
    cell = fields.Tuple((fields.Integer(), fields.Integer()), required=True)
    cases = fields.Integer(required=True)
    late = fields.Integer(required=True)


class Map(Schema):
    zones = fields.List(fields.Nested(ZoneOnMap), required=True)
    points = fields.List(fields.Nested(PointOnMap), required=True)


class BoardQuery(Schema):
    #: After a change of one's own: what is kept may not know of it for some milliseconds.
    fresh = fields.Boolean(load_default=False)


class Board(Schema):
    now = fields.AwareDateTime(required=True)
    shifts = fields.List(fields.Nested(ShiftOnBoard), required=True)
    sos = fields.List(fields.Nested(Sos), required=True)
    troubles = fields.List(fields.Nested(Trouble), required=True)
    squads = fields.List(fields.Nested(SquadLabel), required=True)
    cases = fields.Nested(OpenCases, required=True)
    calls = fields.List(fields.Nested(CallOnBoard), required=True)
    map = fields.Nested(Map, required=True)
