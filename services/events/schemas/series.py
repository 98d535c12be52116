"""Series on HTTP: what comes again."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.models import DAY_KINDS, FORMS, KINDS, ON_DAYS, SERIES_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.rules import SignUpRules
from services.events.schemas.sign_ups import PHONE
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Audience, Code

#: A day of any year, as 05-01; a time of day, as 19:30.
SHORT, LONG = r"(0[469]|11)-(0[1-9]|[12]\d|30)", r"(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])"
DAY_OF_YEAR = validate.Regexp(rf"^(02-(0[1-9]|[12]\d)|{SHORT}|{LONG})$", error="invalid")
TIME_OF_DAY = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", error="invalid")
YEARS = validate.Range(2000, 2100)


#: Reasons for which nothing takes place on a day that the rule means.
WHY_NOT = ("closed_season", "holiday", "day_off")


class Clock(fields.Time):
    """A time of day in Shanghai: 19:30."""

    def __init__(self, **kwargs) -> None:
        super().__init__(format="%H:%M", metadata={"format": "partial-time", "pattern": r"^\d\d:\d\d$"}, **kwargs)


class Season(Schema):
    """Part of each year in which the times are others, or nothing takes place. It may go over New Year."""

    start = fields.String(required=True, data_key="from", attribute="from", validate=DAY_OF_YEAR)
    until = fields.String(required=True, validate=DAY_OF_YEAR)
    start_time = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$")
    )
    minutes = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(5, 1440))
    closed = fields.Boolean(load_default=False)

    @validates_schema
    def has_times_or_is_closed(self, data: dict, **_) -> None:
        if not data.get("closed") and not data.get("start_time"):
            raise ValidationError("required", "start_time")


class Rhythm(Schema):
    """When it takes place: a rule (RRULE of RFC 5545), seasons, and which of its days."""

    rule = Words(200, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(load_default=None, allow_none=True)
    start_time = Clock(required=True)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(5, 1440))
    seasons = fields.List(fields.Nested(Season), load_default=list, validate=validate.Length(max=12))
    days = fields.String(load_default="all", validate=validate.OneOf(ON_DAYS))


class SeriesPlan(Rhythm):
    """What a unit says of a series."""

    title = Words(120, required=True)
    summary = Words(4000, shortest=0, lines=True, load_default="")
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    form = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(FORMS))
    place = Words(120, required=True)
    capacity = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))
    audience = fields.Nested(Audience, required=True)
    sign_up = fields.Nested(SignUpRules)


class SeriesPosting(SeriesPlan):
    """A new series: of which unit, and whether to submit it at once."""

    unit = Code(load_default=None, allow_none=True)
    submit = fields.Boolean(load_default=False)


class SeriesEdit(SeriesPlan):
    """A changed series; first: the day from which on its occurrences follow, today by default."""

    first = fields.Date(load_default=None, allow_none=True)


class NextOne(Schema):
    """An occurrence, to name it."""

    id = fields.UUID(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    state = fields.String(required=True, attribute="shown_state")


class Series(SeriesPlan):
    """A series, as the one who asks may see it."""

    id = fields.UUID(dump_only=True)
    unit = fields.Nested(UnitName, dump_only=True)
    state = fields.String(dump_only=True, validate=validate.OneOf(SERIES_STATES))
    reason = fields.String(dump_only=True, allow_none=True)
    sandbox = fields.Boolean(dump_only=True)
    made_until = fields.Date(dump_only=True, allow_none=True)
    next = fields.List(fields.Nested(NextOne), dump_only=True)
    mine = fields.Boolean(dump_only=True)  # whether one has a standing place
    version = fields.Integer(dump_only=True)


class SeriesQuery(PageQuery):
    """Which series."""

    unit = Code()
    state = fields.String(validate=validate.OneOf(SERIES_STATES))
    mine = fields.Boolean(load_default=False)  # in which one has a standing place


class Occurrence(Schema):
    """A day that a rule means, and why nothing takes place on it, if nothing does."""

    on = fields.Date(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    season = fields.Integer(required=True, allow_none=True)
    why = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(["closed_season", "holiday", "day_off"])
    )


class Preview(Schema):
    """The first days of a series, and how many there are as far as they can be made."""

    items = fields.List(fields.Nested(Occurrence), required=True)
    count = fields.Integer(required=True)


class Ending(Schema):
    """The last day of a series, and why."""

    last = fields.Date(required=True)
    reason = Words(500, lines=True, required=True)


class Buddy(Schema):
    """Whom one would ask, by name and number."""

    name = Words(40, required=True)
    phone = fields.String(required=True, validate=PHONE)


class StandingPlace(Schema):
    """A seat in all that is to come; buddy: whom one asks first when one cannot come.

    Whether there is such a member is not said: that is nobody's business.
    """

    buddy_id = fields.UUID(load_default=None, allow_none=True, load_only=True)
    buddy = fields.Nested(Buddy, load_default=None, allow_none=True, load_only=True)
    since = Moment(dump_only=True)


class Day(Schema):
    """A day that is not what its weekday says, or that a clerk put right."""

    on = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(DAY_KINDS))
    name = Words(40, required=True)
    corrected = fields.Boolean(dump_only=True)


class Days(Schema):
    """Those of a year."""

    items = fields.List(fields.Nested(Day), required=True)


class DaysQuery(Schema):
    """Of which year."""

    year = fields.Integer(required=True, validate=YEARS)
