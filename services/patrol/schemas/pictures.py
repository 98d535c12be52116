"""Pictures on HTTP."""

from datetime import datetime, timedelta

from marshmallow import Schema, ValidationError, fields, post_load, validate

from services.patrol.models import CASE_KINDS
from services.patrol.models.responses import RINGS
from services.patrol.models.way import OUTCOMES
from services.patrol.schemas.words import Moment
from shared.db import now
from shared.page import PageQuery

#: A picture is of eight weeks unless somebody says otherwise, and of two years at most.
USUAL, LONGEST = timedelta(weeks=8), timedelta(days=731)


class Span(Schema):
    since = Moment(data_key="from", load_default=None)
    until = Moment(load_default=None)

    @post_load
    def _bounded(self, asked: dict, **_: object) -> dict:
        until: datetime = asked["until"] or now()
        since: datetime = asked["since"] or until - USUAL
        if not timedelta(0) < until - since <= LONGEST:
            raise ValidationError("invalid", "until")
        return asked | {"since": since, "until": until}


class VisitQuery(PageQuery, Span):
    weekday = fields.Integer(load_default=None, validate=validate.Range(1, 7))
    hour = fields.Integer(load_default=None, validate=validate.Range(0, 23))
    checkpoint_id = fields.UUID(load_default=None)
    outcome = fields.String(load_default=None, validate=validate.OneOf(OUTCOMES))


class Visit(Schema):
    """A stop of a shift that is over: when it was to be reached, and what became of it."""

    shift_id = fields.UUID(required=True)
    squad = fields.String(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    visited_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class Visits(Schema):
    planned = fields.Integer(required=True)
    made = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    missed = fields.Integer(required=True)


class VisitsOfHour(Visits):
    weekday = fields.Integer(required=True)  # 1 is Monday
    hour = fields.Integer(required=True)


class VisitsOfCheckpoint(Visits):
    checkpoint_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)


class Coverage(Schema):
    hours = fields.List(fields.Nested(VisitsOfHour), required=True)
    checkpoints = fields.List(fields.Nested(VisitsOfCheckpoint), required=True)
    all = fields.Nested(Visits, required=True)


class CaseTimes(Schema):
    """Hours until it was fixed: a quarter of all by q1, half by q2, three quarters by q3; null of few."""

    reported = fields.Integer(required=True)
    open = fields.Integer(required=True)
    fixed = fields.Integer(required=True)
    q1 = fields.Float(required=True, allow_none=True)
    q2 = fields.Float(required=True, allow_none=True)
    q3 = fields.Float(required=True, allow_none=True)


class CaseKind(CaseTimes):
    kind = fields.String(required=True, validate=validate.OneOf(CASE_KINDS))


class CasePicture(Schema):
    kinds = fields.List(fields.Nested(CaseKind), required=True)
    all = fields.Nested(CaseTimes, required=True)
    few = fields.Integer(required=True)


class Within(Schema):
    minutes = fields.Integer(required=True)
    answered = fields.Integer(required=True)


class Answers(Schema):
    asked = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    coming = fields.Integer(required=True)
    declined = fields.Integer(required=True)
    median = fields.Float(required=True, allow_none=True)  # seconds
    within = fields.List(fields.Nested(Within), required=True)


class AnswersOfDrill(Answers):
    id = fields.UUID(required=True)
    place = fields.String(required=True)
    kind = fields.String(required=True)
    raised_at = fields.AwareDateTime(required=True)


class AnswersOfRing(Answers):
    ring = fields.String(required=True, validate=validate.OneOf(RINGS))


class DrillPicture(Schema):
    drills = fields.List(fields.Nested(AnswersOfDrill), required=True)
    rings = fields.List(fields.Nested(AnswersOfRing), required=True)
    all = fields.Nested(Answers, required=True)
    few = fields.Integer(required=True)
