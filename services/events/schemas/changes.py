"""Changes of plan on HTTP: postponing, polls, swaps, templates."""

from marshmallow import Schema, fields, validate

from services.events.models import SWAP_STATES
from services.events.schemas.activities import Activity
from services.events.schemas.words import Moment, Words
from shared.schemas.fields import Code

#: Dates that a poll asks about.
MOST = 10
NUMBER = fields.Integer(strict=True, validate=validate.Range(0, MOST - 1))


class Times(Schema):
    """From when until when."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class Postponement(Schema):
    """To another time; without one it is open, and with options those who signed up are asked."""

    reason = Words(500, lines=True, required=True)
    starts_at = Moment(load_default=None, allow_none=True)
    ends_at = Moment(load_default=None, allow_none=True)
    options = fields.List(fields.Nested(Times), load_default=list, validate=validate.Length(max=MOST))


class Option(Times):
    """A date in a poll, and how many it suits."""

    suits = fields.Integer(required=True)


class Poll(Schema):
    """Which date suits: null when nobody is asked."""

    options = fields.List(fields.Nested(Option), required=True)
    answers = fields.Integer(required=True)
    mine = fields.List(fields.Integer(), required=True, allow_none=True)


class PollNow(Schema):
    """The poll of an activity, if one is open."""

    poll = fields.Nested(Poll, required=True, allow_none=True)


class PollAnswer(Schema):
    """The numbers of the dates that suit, from 0; none is an answer, too."""

    options = fields.List(
        fields.Integer(strict=True, validate=validate.Range(0, 9)), required=True, validate=validate.Length(max=MOST)
    )


class Choice(Schema):
    """The number of the date, from 0."""

    option = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST - 1))


class SwapOffer(Schema):
    """To whom one offers one's seat; by default to one's buddy in the series."""

    to = fields.UUID(load_default=None, allow_none=True)


class Swap(Schema):
    """A seat on offer."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(SWAP_STATES))
    at = Moment(required=True)
    from_me = fields.Boolean(required=True)
    activity = fields.Nested(Activity, required=True)


class Swaps(Schema):
    """Open offers to and from oneself."""

    items = fields.List(fields.Nested(Swap), required=True)


class Template(Schema):
    """A plan to use again: as an activity is posted, without its times."""

    id = fields.UUID(dump_only=True)
    name = Words(60, required=True)
    unit = Code(load_default=None, allow_none=True, load_only=True)
    plan = fields.Dict(keys=fields.String(), required=True)
    version = fields.Integer(dump_only=True)


class Templates(Schema):
    """Those of the units that one acts for."""

    items = fields.List(fields.Nested(Template), required=True)
