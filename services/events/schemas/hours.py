"""Opening hours and closures on HTTP. Times of day are "19:00" here, minutes inside."""

import re
from datetime import date

from marshmallow import Schema, ValidationError, fields, pre_dump, validate, validates_schema

from services.events.models import HOURS_ON, NOTES
from services.events.schemas.words import Moment, Words
from shared.schemas.events import CAUSES

CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


class Clock(fields.Field):
    """A time of day, from 00:00 to 24:00, kept in minutes."""

    def _serialize(self, value, attr, obj, **kwargs):
        return None if value is None else f"{value // 60:02}:{value % 60:02}"

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, str) or not CLOCK.fullmatch(value):
            raise ValidationError("invalid")
        hours, minutes = value.split(":")
        return int(hours) * 60 + int(minutes)


class DayOfYear(fields.String):
    """A day that every year has, or a 29th of February: "05-01"."""

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            if not DAY.fullmatch(text):
                raise ValueError
            date.fromisoformat(f"2024-{text}")
        except ValueError:
            raise ValidationError("invalid") from None
        return text


class HoursSeason(Schema):
    """From a day of the year until another, which may be in the next year."""

    begin = DayOfYear(required=True, data_key="from", attribute="season_from")
    end = DayOfYear(required=True, data_key="until", attribute="season_until")


class Note(Schema):
    """What holds in some hours; *from*: only from then on."""

    code = fields.String(required=True, validate=validate.OneOf(NOTES))
    begin = Clock(load_default=None, allow_none=True, data_key="from")


class _Times(Schema):
    @validates_schema
    def end_after_they_begin(self, data: dict, **_) -> None:
        opens, closes = data.get("opens"), data.get("closes")
        if opens is not None and closes is not None and closes <= opens:
            raise ValidationError("ends_before_start", "closes")


class Rule(_Times):
    """Open from then to then on these weekdays (1 is Monday), all year or in a season."""

    season = fields.Nested(HoursSeason, load_default=None, allow_none=True)
    weekdays = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7)
    )
    on = fields.String(load_default="all", validate=validate.OneOf(HOURS_ON))
    opens = Clock(required=True)
    closes = Clock(required=True)
    note = fields.Nested(Note, load_default=None, allow_none=True)

    @pre_dump
    def unfold(self, row, **_):
        season = {"season_from": row.season_from, "season_until": row.season_until} if row.season_from else None
        note = {"code": row.note, "begin": row.note_from} if row.note else None
        times = {"weekdays": row.weekdays, "on": row.on_days, "opens": row.opens, "closes": row.closes}
        return {"season": season, "note": note} | times


class OtherDay(_Times):
    """A day on which other hours hold; without times it is closed."""

    on = fields.Date(required=True, attribute="day")
    opens = Clock(load_default=None, allow_none=True)
    closes = Clock(load_default=None, allow_none=True)
    reason = Words(200, required=True)

    @validates_schema
    def have_both_times_or_none(self, data: dict, **_) -> None:
        if (data.get("opens") is None) != (data.get("closes") is None):
            raise ValidationError("required", "closes" if data.get("closes") is None else "opens")


class HoursEdit(Schema):
    """All hours of a venue at once."""

    rules = fields.List(fields.Nested(Rule), required=True, validate=validate.Length(max=60))
    exceptions = fields.List(fields.Nested(OtherDay), load_default=list, validate=validate.Length(max=200))


class BookingOutside(Schema):
    """A booking that lies outside of the hours."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class Hours(Schema):
    """The hours of a venue, and bookings that they leave outside: those stay until somebody moves them."""

    rules = fields.List(fields.Nested(Rule), required=True)
    exceptions = fields.List(fields.Nested(OtherDay), required=True)
    outside = fields.List(fields.Nested(BookingOutside), required=True)


class SpanNote(Schema):
    """The same as Note, going out."""

    code = fields.String(required=True)
    begin = fields.String(required=True, allow_none=True, data_key="from", attribute="from")


class FreeSpan(Schema):
    """A time that nobody has."""

    begin = Moment(required=True, data_key="from", attribute="starts_at")
    end = Moment(required=True, data_key="to", attribute="ends_at")


class Span(FreeSpan):
    """A time that is open."""

    note = fields.Nested(SpanNote, required=True, allow_none=True)


class Opening(Schema):
    """A day of a venue. *why*: codes with facts."""

    on = fields.Date(required=True)
    spans = fields.List(fields.Nested(Span), required=True)
    why = fields.List(fields.Dict(), required=True)


class Openings(Schema):
    """Days of a venue."""

    items = fields.List(fields.Nested(Opening), required=True)


class Free(Schema):
    """What nobody has booked of a day."""

    on = fields.Date(required=True)
    spans = fields.List(fields.Nested(FreeSpan), required=True)


class FreeDays(Schema):
    """Days of a venue."""

    items = fields.List(fields.Nested(Free), required=True)


class DaysWanted(Schema):
    """From which day until which, both included; a week from today unless said."""

    first = fields.Date(data_key="from", load_default=None)
    last = fields.Date(data_key="to", load_default=None)


class NewClosure(Schema):
    """Closed from then (by default: now) until then, or until further notice. The reason is for everybody to read."""

    kind = fields.String(required=True, validate=validate.OneOf(CAUSES))
    since = Moment(load_default=None, allow_none=True, data_key="from")
    until = Moment(load_default=None, allow_none=True)
    reason = Words(200, required=True)


class Closure(Schema):
    """A closure."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(CAUSES))
    since = Moment(required=True, data_key="from")
    until = Moment(required=True, allow_none=True)
    reason = fields.String(required=True)
    suspended = fields.Integer(required=True)  # bookings that it took


class Closures(Schema):
    """Closures in force or to come."""

    items = fields.List(fields.Nested(Closure), required=True)
