"""Troupes on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import DISCIPLINES, INVITATION_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.terms import Weekly
from services.events.schemas.venues import Name
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code


class Rehearsal(Weekly):
    """An hour of each week, and where."""

    place = Words(120, required=True)


class Piece(Schema):
    """Something that a troupe plays."""

    title = Words(80, required=True)
    minutes = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 600))


class TroupeFacts(Schema):
    """What a troupe says of itself."""

    name = Words(60, required=True)
    discipline = fields.String(required=True, validate=validate.OneOf(DISCIPLINES))
    about = Words(1000, shortest=0, lines=True, load_default="")
    leader_id = fields.UUID(required=True)
    rehearsals = fields.List(fields.Nested(Rehearsal), load_default=list, validate=validate.Length(max=14))
    repertoire = fields.List(fields.Nested(Piece), load_default=list, validate=validate.Length(max=200))


class TroupePosting(TroupeFacts):
    """A new troupe: of which unit; null: of residents."""

    unit = Code(load_default=None, allow_none=True)


class TroupeEdit(TroupeFacts):
    """A changed troupe; one that is no longer active is on no list."""

    active = fields.Boolean(load_default=True)


class Troupe(Schema):
    """A troupe. Of its people everybody sees how many they are, and who leads it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    discipline = fields.String(required=True, validate=validate.OneOf(DISCIPLINES))
    about = fields.String(required=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    leader = fields.Nested(Name, required=True, allow_none=True)
    leader_id = fields.UUID(required=True)  # the phone knows by it whether that is oneself
    rehearsals = fields.List(fields.Nested(Rehearsal), required=True)
    repertoire = fields.List(fields.Nested(Piece), required=True)
    size = fields.Integer(required=True)
    active = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class Troupes(Schema):
    """Troupes by their names."""

    items = fields.List(fields.Nested(Troupe), required=True)


class TroupeQuery(Schema):
    """Which troupes: led_by_me: those that one leads."""

    led_by_me = fields.Boolean(load_default=False)


class TroupeJoining(Schema):
    """A member, or a resident by name, and what they do in it."""

    person_id = fields.UUID(load_default=None, allow_none=True)
    name = Words(40, load_default=None, allow_none=True)
    part = Words(40, shortest=0, load_default="")


class TroupeMember(Schema):
    """Somebody on a roster."""

    id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, attribute="called")
    part = fields.String(required=True)
    since = Moment(required=True)


class TroupeRoster(Schema):
    """Who is in a troupe, by their names."""

    items = fields.List(fields.Nested(TroupeMember), required=True)


class Inviting(Schema):
    """To what a troupe is asked; by which unit, if one acts for several."""

    unit = Code(load_default=None, allow_none=True)
    title = Words(120, required=True)
    place = Words(120, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    wishes = Words(500, shortest=0, lines=True, load_default="")


class TroupeName(Schema):
    """A troupe, to name it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class Invitation(Schema):
    """An invitation, and what was answered."""

    id = fields.UUID(required=True)
    troupe = fields.Nested(TroupeName, required=True)
    unit = fields.Nested(UnitName, required=True)
    title = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    wishes = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(INVITATION_STATES))
    reason = fields.String(required=True, allow_none=True)


class InvitationQuery(PageQuery):
    """Which invitations, by their start: those that end after this moment, by default all."""

    ends_after = Moment(data_key="from", load_default=None)


class Refusal(Schema):
    """Why the troupe does not come."""

    reason = Words(500, shortest=0, lines=True, load_default="")
