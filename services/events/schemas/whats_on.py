"""What the pages without sign-in may be asked for."""

from marshmallow import Schema, fields, validate

from services.events.models import KINDS
from services.events.schemas.words import Day
from shared.schemas.fields import Code


class PageInLanguage(Schema):
    """In which language."""

    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))


class WhatsOnQuery(PageInLanguage):
    """Of which compound, and which kind: of activities, or only venues."""

    place = Code(load_default=None)
    kind = fields.String(load_default=None, validate=validate.OneOf([*KINDS, "venue"]))


class InWords(Schema):
    """Of which compound; as a text message, or for a telephone to read out."""

    place = Code(load_default=None)
    form = fields.String(load_default="sms", validate=validate.OneOf(["sms", "phone"]))


class WeekOnPaper(Schema):
    """A week on paper: from which day, of which unit, venue or compound, and how the sheet lies."""

    begin = Day(load_default=None, data_key="from")
    unit = Code(load_default=None)
    venue = Code(load_default=None)
    place = Code(load_default=None)
    form = fields.String(load_default="landscape", validate=validate.OneOf(["landscape", "portrait"]))
