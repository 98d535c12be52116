"""News of the ten family services."""

from marshmallow import fields, validate

from shared.schemas.event import Event


class ServiceRequested(Event):
    """Somebody asks for one of the ten services. Who and why is read by the unit, and does not travel."""

    topic = "events.service_requested.v1"
    subscribers = ("notify",)

    request_id = fields.UUID(required=True)
    title = fields.String(required=True)  # the service
    unit_id = fields.UUID(required=True, allow_none=True)
    owned = fields.Boolean(required=True)  # whether a unit gives it


class ServiceAnswered(Event):
    """Whoever asked for a service learns what comes of it."""

    topic = "events.service_answered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell whoever asked"

    request_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_name = fields.String(required=True)
    person_id = fields.UUID(required=True)
    result = fields.String(required=True, validate=validate.OneOf(["taken", "done", "unmet"]))
    reason = fields.String(required=True)
