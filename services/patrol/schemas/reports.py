"""What phones report, on HTTP."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.patrol.models.reports import QUALITIES, TROUBLES, WAYS
from services.patrol.schemas.way import CheckWords, CrewWords, PauseWords, SkipWords
from services.patrol.schemas.words import Flag, PhoneTime, Words

KINDS = (
    "start", "check_in", "trouble", "second_look", "end", "all_well",
    "skip", "check", "pause", "resume", "crew", "handover_read",
)  # fmt: skip

#: What an item of a kind cannot be without.
NEEDED = {
    "trouble": ("trouble",),
    "second_look": ("case_id", "fixed"),
    "skip": ("skip",),
    "check": ("check",),
    "pause": ("pause",),
    "crew": ("crew",),
    "handover_read": ("of",),
}
OUTCOMES = ("stored", "duplicate", "conflict", "refused")


class Device(Schema):
    """A phone, and what its clock shows as it sends this."""

    id = Words(80, 1, required=True)
    now = PhoneTime(load_default=None, allow_none=True)
    page_session = Words(80, load_default=None, allow_none=True)


class TroubleWords(Schema):
    kind = fields.String(required=True, validate=validate.OneOf(TROUBLES))
    place = Words(120, load_default="", allow_none=True)
    words = Words(2000, load_default="", allow_none=True)


class Report(Schema):
    """What all reports have in common."""

    at = PhoneTime(required=True, metadata={"description": "By the clock of the phone"})
    seq = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 2**31 - 1))
    page_session = Words(80, load_default=None, allow_none=True)
    checkpoint_id = fields.UUID(load_default=None, allow_none=True)
    number = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 2**31 - 1))
    qr = Words(300, load_default=None, allow_none=True)


class _Place(Schema):
    """Where the phone is: compared with the checkpoint, and kept nowhere."""

    lat = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-90, 90))
    lon = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-180, 180))


class CheckIn(Report, _Place):
    shift_id = fields.UUID(required=True)
    how = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(WAYS))
    note = Words(500, load_default="", allow_none=True)
    device = fields.Nested(Device, load_default=None, allow_none=True)


class TroubleReport(Report):
    shift_id = fields.UUID(load_default=None, allow_none=True)
    trouble = fields.Nested(TroubleWords, required=True)
    device = fields.Nested(Device, load_default=None, allow_none=True)


class Item(Report, _Place):
    """One of the things that a phone kept while it had no network."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    shift_id = fields.UUID(load_default=None, allow_none=True)
    how = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(WAYS))
    note = Words(500, load_default="", allow_none=True)
    trouble = fields.Nested(TroubleWords, load_default=None, allow_none=True)
    handover = Words(2000, load_default="", allow_none=True)
    carried = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=50))
    skip = fields.Nested(SkipWords, load_default=None, allow_none=True)
    check = fields.Nested(CheckWords, load_default=None, allow_none=True)
    pause = fields.Nested(PauseWords, load_default=None, allow_none=True)
    crew = fields.Nested(CrewWords, load_default=None, allow_none=True)
    of = fields.UUID(load_default=None, allow_none=True)
    case_id = fields.UUID(load_default=None, allow_none=True)
    fixed = Flag(load_default=None, allow_none=True)


ITEM = Item()


class Items(fields.List):
    """A list in which a bad item sinks no other: it is passed on as its id and what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.Nested(Item), validate=validate.Length(1, 100), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        return [self._each(place, item) for place, item in enumerate(value)]

    def _each(self, place: int, item: Any) -> Any:
        try:
            read = ITEM.load(item)
            if missing := [name for name in NEEDED.get(read["kind"], ()) if read[name] is None]:
                raise ValidationError({name: ["required"] for name in missing})
        except ValidationError as error:
            return {"id": self._id(place, item, error), "errors": error.messages}
        return read

    def _id(self, place: int, item: Any, error: ValidationError) -> Any:
        try:
            return fields.UUID().deserialize(item["id"])
        except (ValidationError, TypeError, KeyError):
            raise ValidationError({place: error.messages}) from None


class Upload(Schema):
    device = fields.Nested(Device, required=True)
    items = Items(required=True)


class Verdict(Schema):
    id = fields.UUID(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    code = fields.String(required=True, allow_none=True)
    happened_at = fields.AwareDateTime(required=True, allow_none=True)
    time_quality = fields.String(required=True, allow_none=True, validate=validate.OneOf([*QUALITIES, None]))


class Verdicts(Schema):
    server_now = fields.AwareDateTime(required=True)
    results = fields.List(fields.Nested(Verdict), required=True)


class Trouble(Schema):
    """Trouble, as who looks after it sees it."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(TROUBLES))
    place = fields.String(required=True)
    words = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["open", "taken", "closed"]))
    shift_id = fields.UUID(required=True, allow_none=True)
    checkpoint_id = fields.UUID(required=True, allow_none=True)
    squad = fields.String(required=True, allow_none=True)
    reporter = fields.String(required=True, attribute="reporter_name")
    happened_at = fields.AwareDateTime(required=True)
    received_at = fields.AwareDateTime(required=True)
    time_quality = fields.String(required=True)
    taken_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)


class Closing(Schema):
    note = Words(500, load_default="")
