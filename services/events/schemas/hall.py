"""The lecture hall on HTTP: topics, votes, speakers."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.models import CONSENTS, FORMS, TOPIC_GROUPS
from services.events.schemas.activities import UnitName
from services.events.schemas.sign_ups import PersonName
from services.events.schemas.words import Day, Moment, Words
from shared.schemas.fields import Code

MONTHS = fields.Integer(strict=True, validate=validate.Range(1, 12))
WEEKDAY = validate.Range(1, 7)


class TopicFacts(Schema):
    """What a lecture, an outing or a round from door to door can be about."""

    name = Words(60, required=True)
    about = Words(1000, shortest=0, lines=True, load_default="")
    group = fields.String(required=True, validate=validate.OneOf(TOPIC_GROUPS))
    form = fields.String(load_default="classroom", validate=validate.OneOf(FORMS))
    months = fields.List(MONTHS, load_default=list, validate=validate.Length(max=12))  # none: all year
    place = Words(120, load_default=None, allow_none=True)  # null: whichever room is free
    needs_speaker = fields.Boolean(load_default=True)
    active = fields.Boolean(load_default=True)


class TopicPosting(TopicFacts):
    """A new topic."""

    code = Code(required=True)


class Topic(TopicFacts):
    """A topic; mine: whether one voted for it. Who else did nobody sees."""

    code = fields.String(dump_only=True)
    votes = fields.Integer(dump_only=True)
    speakers = fields.Integer(dump_only=True)
    mine = fields.Boolean(dump_only=True)
    version = fields.Integer(dump_only=True)


class Topics(Schema):
    """All topics by group."""

    items = fields.List(fields.Nested(Topic), required=True)


class Tally(Schema):
    """Votes on paper, counted on a day; said again for the same day it takes the place of what was said."""

    on = Day(required=True)
    count = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100_000))


class Absence(Schema):
    """Days, both included, on which somebody is elsewhere."""

    start = Day(required=True, data_key="from", attribute="from")
    until = Day(required=True)


class Willingness(Schema):
    """Of what somebody speaks, when, and how often in a term at most."""

    topics = fields.List(Code(), required=True, validate=validate.Length(1, 50))  # codes
    load_cap = fields.Integer(required=True, strict=True, validate=validate.Range(1, 20))
    weekdays = fields.List(
        fields.Integer(strict=True, validate=WEEKDAY), load_default=list, validate=validate.Length(max=7)
    )
    away = fields.List(fields.Nested(Absence), load_default=list, validate=validate.Length(max=20))
    announced = fields.Boolean(load_default=False)  # whether activities may name them


class OwnConsent(Willingness):
    """One's own entry in the speaker bank: only with a yes."""

    consent = fields.Boolean(required=True)

    @validates_schema
    def says_yes(self, data: dict, **_) -> None:
        if data.get("consent") is False:
            raise ValidationError("required", "consent")


class SpeakerPosting(Willingness):
    """Somebody who agreed: a member, or by name an expert of a unit."""

    person_id = fields.UUID(load_default=None, allow_none=True)
    name = Words(40, load_default=None, allow_none=True)
    unit = Code(load_default=None, allow_none=True)
    consent = fields.String(required=True, validate=validate.OneOf(["paper", "told"]))


class Speaker(Schema):
    """A speaker, as the desk and their unit see them; name: also of a member."""

    id = fields.UUID(required=True)
    person = fields.Nested(PersonName, required=True, allow_none=True)
    name = fields.String(required=True, attribute="called")
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    topics = fields.List(fields.Pluck("TopicCode", "code"), required=True)
    load_cap = fields.Integer(required=True)
    weekdays = fields.List(fields.Integer(), required=True)
    away = fields.List(fields.Nested("AbsenceKept"), required=True)
    announced = fields.Boolean(required=True)
    consent = fields.String(required=True, validate=validate.OneOf(CONSENTS))
    consented_at = Moment(required=True)
    version = fields.Integer(required=True)


class TopicCode(Schema):
    """A topic, to name it."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class AbsenceKept(Schema):
    """The same days as the database keeps them."""

    start = fields.String(required=True, data_key="from", attribute="from")
    until = fields.String(required=True)


class Speakers(Schema):
    """Speakers by their names."""

    items = fields.List(fields.Nested(Speaker), required=True)


class Lecture(Schema):
    """What somebody speaks of, where and when."""

    activity_id = fields.UUID(required=True)
    topic = fields.Nested(TopicCode, required=True)
    place = fields.String(required=True, attribute="activity.place")
    starts_at = Moment(required=True, attribute="activity.starts_at")
    ends_at = Moment(required=True, attribute="activity.ends_at")


class LectureToCome(Lecture):
    """A lecture for everybody; speaker: null where they do not want to be named."""

    group = fields.String(required=True, attribute="topic.group")
    form = fields.String(required=True, attribute="topic.form")
    speaker = fields.String(required=True, allow_none=True, attribute="announced")


class Programme(Schema):
    """Lectures by their start."""

    items = fields.List(fields.Nested(LectureToCome), required=True)


class MySpeaking(Schema):
    """One's own entry, null without one, one's lectures to come, and those that one gave."""

    speaker = fields.Nested(Speaker, required=True, allow_none=True)
    lectures = fields.List(fields.Nested(Lecture), required=True)
    given = fields.List(fields.Nested(Lecture), required=True)
