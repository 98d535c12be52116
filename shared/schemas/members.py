"""What members tells the others."""

from marshmallow import fields, validate

from shared.schemas.event import Event, Facts
from shared.schemas.fields import Sealed

EVERYONE = ("events", "patrol", "notify")


class Person(Facts):
    """A member as the other services need to know them."""

    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    unit_code = fields.String(required=True, allow_none=True)
    unit_name = fields.String(required=True, allow_none=True)
    place_code = fields.String(required=True, allow_none=True)  # the compound where they live; None: elsewhere
    zone_code = fields.String(required=True, allow_none=True)
    groups = fields.List(fields.String(), required=True)
    skills = fields.List(fields.String(), required=True)
    language = fields.String(load_default="zh")
    phone = Sealed(required=True, allow_none=True)
    email = Sealed(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True)


class PeopleChanged(Event):
    """Members came, left, moved or changed; up to a hundred at once. Older news than one knows is ignored."""

    topic = "members.people_changed.v1"
    subscribers = EVERYONE
    data_class = "C"
    purpose = "to name, count and reach members"

    people = fields.List(fields.Nested(Person), required=True, validate=validate.Length(1, 100))


class PersonErased(Event):
    """Somebody asked to be forgotten. Who they were goes; what was counted stays, as nobody's."""

    topic = "members.person_erased.v1"
    subscribers = ("members", *EVERYONE)

    person_id = fields.UUID(required=True)
    erased_at = fields.AwareDateTime(required=True)


class Unit(Facts):
    """A member unit as the other services need to know it."""

    unit_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    needs_approval = fields.Boolean(required=True)  # of its activities, by a clerk
    active = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True)


class UnitsChanged(Event):
    """Units joined, left or changed."""

    topic = "members.units_changed.v1"
    subscribers = EVERYONE

    units = fields.List(fields.Nested(Unit), required=True, validate=validate.Length(1, 100))


class Label(Facts):
    """A code and what it is called."""

    kind = fields.String(required=True)  # place, zone, group
    code = fields.String(required=True)
    name = fields.String(required=True)
    parent_code = fields.String(load_default=None, allow_none=True)
    active = fields.Boolean(load_default=True)


class LabelsChanged(Event):
    """Compounds, zones or groups got or changed a name: what an audience can be made of."""

    topic = "members.labels_changed.v1"
    subscribers = ("events", "patrol")

    labels = fields.List(fields.Nested(Label), required=True, validate=validate.Length(1, 500))


class SignInCodeMade(Event):
    """Somebody who is registered asked for a code to sign in with."""

    topic = "members.sign_in_code_made.v1"
    subscribers = ("notify",)
    urgent = True
    data_class = "C"
    purpose = "to send the code to its owner"

    person_id = fields.UUID(required=True)
    phone = Sealed(required=True)
    code = Sealed(required=True)
    expires_at = fields.AwareDateTime(required=True)


class ImportUploaded(Event):
    """A workbook waits to be checked."""

    topic = "members.import_uploaded.v1"
    subscribers = ("members",)

    import_id = fields.UUID(required=True)


class ImportApproved(Event):
    """A checked workbook waits to be applied."""

    topic = "members.import_approved.v1"
    subscribers = ("members",)

    import_id = fields.UUID(required=True)
