"""Who was there, on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import SOURCES
from services.events.schemas.sign_ups import PersonName
from services.events.schemas.words import Moment, Words


class Attendance(Schema):
    """That somebody was there."""

    id = fields.UUID(required=True)
    source = fields.String(required=True, validate=validate.OneOf(SOURCES))
    at = Moment(required=True)
    undone = fields.Boolean(required=True)


class MarkIn(Schema):
    """Somebody was there: an id that the client made, and when."""

    id = fields.UUID(required=True)
    at = Moment(load_default=None, allow_none=True)
    source = fields.String(load_default="leader", validate=validate.OneOf(["leader", "door"]))
    device_id = Words(64, shortest=0, load_default="")


class Mark(Schema):
    """A mark, to name it."""

    id = fields.UUID(required=True)
    source = fields.String(required=True)
    at = Moment(required=True)


class Expected(Schema):
    """Somebody who signed up (state), was there (attended), or both."""

    person = fields.Nested(PersonName, required=True)
    guest = fields.Boolean(required=True)
    state = fields.String(required=True, allow_none=True)
    part = fields.String(required=True, allow_none=True)
    party_size = fields.Integer(required=True)
    attended = fields.Nested(Mark, required=True, allow_none=True)


class Item(Schema):
    """A mark that a phone kept; undone: it was taken back there."""

    id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    at = Moment(load_default=None, allow_none=True)
    source = fields.String(load_default="door", validate=validate.OneOf(["leader", "door"]))
    undone = fields.Boolean(load_default=False)


class Upload(Schema):
    """What a phone at the door kept."""

    device_id = Words(64, shortest=0, load_default="")
    items = fields.List(fields.Nested(Item), required=True, validate=validate.Length(1, 100))


class Verdict(Schema):
    """What became of an item."""

    id = fields.UUID(required=True)
    verdict = fields.String(required=True, validate=validate.OneOf(["accepted", "duplicate", "refused"]))
    problem = fields.String(required=True, allow_none=True)


class Verdicts(Schema):
    """In the order of the items."""

    items = fields.List(fields.Nested(Verdict), required=True)


class Code(Schema):
    """The code to show: as digits, as an address, and that as a picture."""

    code = fields.String(required=True)
    until = Moment(required=True)
    url = fields.String(required=True)
    svg = fields.String(required=True)


class CodeIn(Schema):
    """The code that one read."""

    code = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{6}\Z", error="invalid"))


class Finish(Schema):
    """How long it took, if not as planned."""

    minutes = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 1440))


class SheetRow(Schema):
    """A row of a sheet; without a name it is blank."""

    n = fields.Integer(required=True)
    check = fields.Integer(required=True)
    name = fields.String(required=True)
    present = fields.Boolean(required=True)


class Sheet(Schema):
    """A sign-in sheet; paper: the address of the page to print."""

    number = fields.Integer(required=True)
    activity_id = fields.UUID(required=True)
    printed_at = Moment(required=True)
    paper = fields.String(required=True)
    rows = fields.List(fields.Nested(SheetRow), required=True)


class TypedRow(Schema):
    """What stands on a row: signed or not; whoever wrote themselves into a blank row is named."""

    n = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    check = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 9))
    present = fields.Boolean(load_default=True)
    name = Words(50, load_default=None, allow_none=True)


class Typed(Schema):
    """Rows of a sheet as they were typed in."""

    rows = fields.List(fields.Nested(TypedRow), required=True, validate=validate.Length(1, 500))
