"""Volunteers on HTTP."""

import re

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.patrol.schemas.words import Flag
from shared.page import PageQuery

CLOCK = validate.Regexp(re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\Z"), error="invalid")
UNTIL = validate.Regexp(re.compile(r"(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)\Z"), error="invalid")


class FreeTime(Schema):
    """A time of the week in which somebody could walk."""

    weekday = fields.Integer(required=True, strict=True, validate=validate.Range(1, 7))
    from_ = fields.String(required=True, data_key="from", attribute="from", validate=CLOCK)
    until = fields.String(required=True, validate=UNTIL)


class Limits(Schema):
    """What somebody would rather not do; nobody asks why."""

    no_cold = Flag(load_default=False)
    no_stairs = Flag(load_default=False)
    no_late = Flag(load_default=False)
    max_hours = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 12))


class Statement(Schema):
    """What somebody says of themselves. *consent*: that their limits may be kept; without limits it is not needed."""

    free = fields.List(fields.Nested(FreeTime), load_default=list, validate=validate.Length(max=30))
    max_a_week = fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 7))
    min_rest_hours = fields.Integer(load_default=10, strict=True, validate=validate.Range(0, 72))
    paused_until = fields.Date(load_default=None, allow_none=True)
    limits = fields.Nested(Limits, load_default=None, allow_none=True)
    consent = Flag(load_default=False, load_only=True)

    @validates_schema
    def limits_need_consent(self, data: dict, **_) -> None:
        if any((data.get("limits") or {}).values()) and not data.get("consent"):
            raise ValidationError("consent_required", "consent")


class MyVolunteer(Statement):
    """What is known of oneself."""

    trained_until = fields.Date(required=True, allow_none=True)
    insured_until = fields.Date(required=True, allow_none=True)
    stated_at = fields.AwareDateTime(required=True, allow_none=True)
    consented_at = fields.AwareDateTime(required=True, allow_none=True)


class Certificate(Schema):
    """Until when somebody is trained and insured, as the clerk saw on paper."""

    trained_until = fields.Date(required=True, allow_none=True)
    insured_until = fields.Date(required=True, allow_none=True)


class Volunteer(Certificate):
    """Somebody on the clerk's list. What they said of their limits is not on it."""

    person_id = fields.UUID(dump_only=True)
    name = fields.String(dump_only=True)
    unit_name = fields.String(dump_only=True, allow_none=True)
    squads = fields.List(fields.String(), dump_only=True)
    due = fields.Boolean(dump_only=True)
    stated = fields.Boolean(dump_only=True)
    version = fields.Integer(dump_only=True)


class VolunteerQuery(PageQuery):
    due = fields.Boolean(load_default=False)
    squad = fields.UUID(load_default=None)
