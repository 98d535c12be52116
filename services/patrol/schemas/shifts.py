"""Shifts on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.models.shifts import PHASES, SHIFT_STATES
from services.patrol.schemas.way import Confirmations, ShiftPause
from services.patrol.schemas.words import Flag, Moment, PhoneTime, Words
from shared.page import PageQuery


class SquadLabel(Schema):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    colour = fields.String(required=True, allow_none=True)


class CrewMember(Schema):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(["leader", "member"]))
    stand_in = fields.Boolean(required=True)


class Stop(Schema):
    """A checkpoint on the way of a shift."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    visited_at = fields.AwareDateTime(required=True, allow_none=True)


class Handover(Schema):
    """What the shift before wants the next one to know."""

    shift_id = fields.UUID(required=True)
    text = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)


class SecondLook(Schema):
    """What was fixed on the way of a shift: it looks there first, and says whether it is so."""

    case_id = fields.UUID(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True)
    place = fields.String(required=True)
    zone = fields.String(required=True, allow_none=True)
    checkpoint_id = fields.UUID(required=True, allow_none=True)
    fixed_at = fields.AwareDateTime(required=True)


class Shift(Schema):
    """The sheet of a shift: all that a phone needs without network."""

    id = fields.UUID(required=True)
    squad = fields.Nested(SquadLabel, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(SHIFT_STATES))
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    handover = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    outdoor = fields.Boolean(required=True)
    crew = fields.List(fields.Nested(CrewMember), required=True)
    checkpoints = fields.List(fields.Nested(Stop), required=True)
    handover_before = fields.Nested(Handover, required=True, allow_none=True)
    next_due_at = fields.AwareDateTime(required=True, allow_none=True)
    phase = fields.String(required=True, validate=validate.OneOf(PHASES))
    paused = fields.Nested(ShiftPause, required=True, allow_none=True)
    confirmed = fields.Nested(Confirmations, required=True)
    handover_read_at = fields.AwareDateTime(required=True, allow_none=True)
    carried = fields.List(fields.UUID(), required=True)
    again = fields.List(fields.Nested(SecondLook), required=True)
    version = fields.Integer(required=True)


class Crew(fields.List):
    """Who walks, the one who leads first."""

    def __init__(self, **kwargs) -> None:
        super().__init__(fields.UUID(), validate=validate.Length(1, 50), **kwargs)


class ShiftPlan(Schema):
    squad_id = fields.UUID(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    crew = Crew(required=True)
    outdoor = Flag(load_default=True)


class ShiftChange(Schema):
    starts_at = Moment()
    ends_at = Moment()
    crew = Crew()


class ShiftQuery(PageQuery):
    from_ = Moment(data_key="from", load_default=None)
    to = Moment(load_default=None)


class ShiftSearch(ShiftQuery):
    squad = fields.UUID(load_default=None)
    state = fields.String(load_default=None, validate=validate.OneOf(SHIFT_STATES))


class Reason(Schema):
    reason = Words(200, 1, required=True)


class Start(Schema):
    at = PhoneTime(required=True)
    device_id = Words(80, load_default="")


class End(Start):
    handover = Words(2000, load_default="")
    carried = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class AllWell(Schema):
    note = Words(500, load_default="")
