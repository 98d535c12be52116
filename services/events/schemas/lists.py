"""Needs, offers and matches on HTTP."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_dump, validate, validates_schema

from services.events.models import (
    DECISIONS,
    LISTED_KINDS,
    MATCH_STATES,
    MEASURES,
    NEED_STATES,
    OFFER_STATES,
    THINGS,
    TIMES,
)
from services.events.schemas.activities import UnitName
from services.events.schemas.words import Moment, Words
from shared.db import now
from shared.page import PageQuery
from shared.schemas.fields import SKILLS, Code


def one_of(words: Any, **kwargs: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(words), **kwargs)


def several_of(words: Any) -> fields.List:
    return fields.List(one_of(words), load_default=list, validate=validate.Length(max=len(words)))


class Place(Schema):
    """Where: a compound, and within it as precisely as one likes."""

    compound = Code(required=True)
    building = Code(load_default=None, allow_none=True)
    entrance = Code(load_default=None, allow_none=True)

    @validates_schema
    def goes_from_the_outside_in(self, data: dict, **_: Any) -> None:
        if data.get("entrance") and not data.get("building"):
            raise ValidationError("required", "building")


class LineWords(Schema):
    """What a line of either list says."""

    kind = one_of(LISTED_KINDS, required=True)
    title = Words(80, required=True)
    text = Words(2000, shortest=0, lines=True, load_default="")
    what = one_of(THINGS, load_default=None, allow_none=True)
    skills = several_of(SKILLS)
    place = fields.Nested(Place, load_default=None, allow_none=True)
    times = several_of(TIMES)
    amount = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 100_000))
    unit_of_amount = one_of(MEASURES, load_default="pieces", attribute="measure")


class NeedWords(LineWords):
    """What is needed, and when it is wanted."""

    wanted_from = Moment(load_default=None, allow_none=True, attribute="from_at")
    wanted_until = Moment(load_default=None, allow_none=True, attribute="until_at")


class OfferWords(LineWords):
    """What is offered, and when it is to be had."""

    from_at = Moment(load_default=None, allow_none=True, data_key="from")
    until_at = Moment(load_default=None, allow_none=True, data_key="until")


class Whose(Schema):
    """For whom: the unit; or, by for_me, oneself."""

    unit = Code(load_default=None, allow_none=True)
    for_me = fields.Boolean(load_default=False)


class NeedPosting(NeedWords, Whose):
    """A new need."""


class OfferPosting(OfferWords, Whose):
    """A new offer."""


class Shown(Schema):
    """What either list shows of a line beside its words."""

    id = fields.UUID(required=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)  # none: a member's, or a resident's
    left = fields.Integer(required=True)
    mine = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    published_at = Moment(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Answer(Schema):
    """What is done about a need that households support; until it is said, by when it must be."""

    due_at = Moment(required=True, attribute="answer_due_at", allow_none=True)
    overdue = fields.Boolean(required=True)
    decision = one_of(DECISIONS, required=True, allow_none=True)
    text = fields.String(required=True, attribute="answer", allow_none=True)
    at = Moment(required=True, attribute="answered_at", allow_none=True)

    @pre_dump
    def see_the_time(self, need: Any, **_: Any) -> dict[str, Any]:
        facts = {name: getattr(need, name) for name in ("answer_due_at", "decision", "answer", "answered_at")}
        due = need.answer_due_at
        return facts | {"overdue": bool(due and not need.answered_at and due <= now())}


class Need(NeedWords, Shown):
    """A need."""

    state = one_of(NEED_STATES, required=True)
    supports = fields.Integer(required=True)
    supported = fields.Boolean(required=True)  # by the one who asks
    answer = fields.Nested(Answer, required=True, attribute="itself")
    unmatched_since = Moment(required=True, allow_none=True, attribute="unmatched_at")

    @pre_dump
    def for_its_answer(self, need: Any, **_: Any) -> Any:
        need.itself = need
        return need


class Offer(OfferWords, Shown):
    """An offer, and how many claims its unit carries already."""

    state = one_of(OFFER_STATES, required=True)
    carries = fields.Integer(required=True, attribute="load")


class Match(Schema):
    """An offer that could meet a need; why: codes with facts, for the page to word."""

    id = fields.UUID(required=True)
    need = fields.Nested(Need, required=True)
    offer = fields.Nested(Offer, required=True)
    why = fields.List(fields.Dict(keys=fields.String()), required=True)
    state = one_of(MATCH_STATES, required=True)


class Matches(Schema):
    """In their order."""

    items = fields.List(fields.Nested(Match), required=True)


class ListQuery(PageQuery):
    """Which lines of a list."""

    kind = one_of(LISTED_KINDS)
    what = one_of(THINGS)
    skill = one_of(SKILLS)
    unit = Code()
    compound = Code()
    mine = fields.Boolean()
    q = Words(50)


class NeedQuery(ListQuery):
    """Which needs; answer: those that are owed one, or those that are overdue."""

    state = one_of(NEED_STATES)
    answer = one_of(("owed", "overdue", "given"))


class OfferQuery(ListQuery):
    """Which offers."""

    state = one_of(OFFER_STATES)


class PublicNeed(Schema):
    """A need as everybody may read it, without signing in."""

    id = fields.UUID(required=True)
    kind = one_of(LISTED_KINDS, required=True)
    title = fields.String(required=True)
    what = one_of(THINGS, required=True, allow_none=True)
    skills = fields.List(fields.String(), required=True)
    unit = fields.String(required=True, allow_none=True)
    compound = fields.String(required=True, allow_none=True)
    amount = fields.Integer(required=True)
    left = fields.Integer(required=True)
    unit_of_amount = one_of(MEASURES, required=True, attribute="measure")
    state = one_of(NEED_STATES, required=True)
    supports = fields.Integer(required=True)
    answer = fields.Nested(Answer, required=True, attribute="itself")
    published_at = Moment(required=True)


class SupportWords(Schema):
    """Which household; kept only as something that cannot be turned back. on_behalf: of somebody at the desk."""

    entrance = Code(required=True)
    room = Words(20, required=True)
    on_behalf = fields.Boolean(load_default=False)


class AnswerWords(Schema):
    """What is done, and why."""

    decision = one_of(DECISIONS, required=True)
    text = Words(1000, lines=True, required=True)
