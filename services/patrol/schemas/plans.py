"""Templates and plans of the roster on HTTP."""

import re

from marshmallow import Schema, fields, validate

from services.patrol.models.plans import PLAN_STATES
from services.patrol.schemas.shifts import SquadLabel
from services.patrol.schemas.volunteers import CLOCK
from services.patrol.schemas.words import Flag

DAY = validate.Regexp(re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z"), error="invalid")
WEEKDAYS = validate.And(validate.Length(1, 7), validate.ContainsOnly(range(1, 8)))


class PatternFacts(Schema):
    squad_id = fields.UUID(required=True)
    season_from = fields.String(load_default=None, allow_none=True, validate=DAY)
    season_until = fields.String(load_default=None, allow_none=True, validate=DAY)
    weekdays = fields.List(fields.Integer(strict=True), required=True, validate=WEEKDAYS)
    starts = fields.String(required=True, validate=CLOCK)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(15, 720))
    min_crew = fields.Integer(load_default=2, strict=True, validate=validate.Range(2, 20))
    max_crew = fields.Integer(load_default=4, strict=True, validate=validate.Range(2, 20))
    units_min = fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 20))
    outdoor = Flag(load_default=True)
    cold = Flag(load_default=False)
    stairs = Flag(load_default=False)
    active = Flag(load_default=True)


class Pattern(PatternFacts):
    id = fields.UUID(required=True)
    squad = fields.Nested(SquadLabel, required=True)
    version = fields.Integer(required=True)


class Wanted(Schema):
    from_ = fields.Date(required=True, data_key="from")
    weeks = fields.Integer(required=True, strict=True, validate=validate.Range(1, 12))


def reasons() -> fields.List:
    """Each has a code, and the facts that belong to it."""
    return fields.List(fields.Dict(keys=fields.String()), required=True)


class Place(Schema):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    fixed = fields.Boolean(required=True)
    why = reasons()


class Slot(Schema):
    """A shift to be. *gaps*: what is missing, what speaks against whom, and the smallest things that would help."""

    number = fields.Integer(required=True)
    squad = fields.Nested(SquadLabel, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    min_crew = fields.Integer(required=True)
    max_crew = fields.Integer(required=True)
    cold = fields.Boolean(required=True)
    missing = fields.Integer(required=True)
    gaps = fields.Dict(keys=fields.String(), required=True)
    places = fields.List(fields.Nested(Place), required=True)
    shift_id = fields.UUID(required=True, allow_none=True)


class PlanName(Schema):
    id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    weeks = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(PLAN_STATES))
    progress = fields.Integer(required=True)
    asked_at = fields.AwareDateTime(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Plan(PlanName):
    solved = reasons()
    slots = fields.List(fields.Nested(Slot), required=True)


class SlotChoice(Schema):
    """*crew*: who walks it, by a person's decision; *fixed* false: leave it to planning."""

    fixed = Flag(load_default=True)
    crew = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=20))
