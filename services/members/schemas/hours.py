"""The account of hours on HTTP."""

from marshmallow import Schema, fields, validate

from services.members.models.hours import HOURS_STATES, PROVENANCES
from shared.page import PageQuery, paged

#: A day and night; more in one entry is a mistake.
MOST = 1440


class HoursOut(Schema):
    """Minutes of a member on a day, and how we know."""

    id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True, allow_none=True)
    title = fields.String(required=True)
    on = fields.Date(required=True)
    minutes = fields.Integer(required=True)
    provenance = fields.String(required=True, validate=validate.OneOf(PROVENANCES))
    state = fields.String(required=True, validate=validate.OneOf(HOURS_STATES))
    note = fields.String(required=True)


class ProposedHours(HoursOut):
    """The same, and whose they are."""

    name = fields.String(required=True, attribute="person.name")


class Year(Schema):
    """The sum of a year."""

    year = fields.Integer(required=True)
    minutes = fields.Integer(required=True)


class Account(paged(HoursOut)):  # type: ignore[misc]
    """An account: what is in it, the latest first, and the sums of all years."""

    years = fields.List(fields.Nested(Year), required=True)


class UnitYear(Year):
    """What a branch's members gave in a year, and how many they were."""

    people = fields.Integer(required=True)


class UnitYears(Schema):
    """By year."""

    years = fields.List(fields.Nested(UnitYear), required=True)


class Adjustment(Schema):
    """Minutes to add (or to take away), on which day, and why."""

    on = fields.Date(required=True)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(-MOST, MOST))
    note = fields.String(required=True, validate=validate.Length(1, 200))


class HoursQuery(PageQuery):
    """A page of them."""
