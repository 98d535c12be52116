"""News of cases: what was found, who sees to it, what became of it."""

from marshmallow import fields

from shared.schemas.event import Event
from shared.schemas.fields import Sealed


class _Case(Event):
    """What all news of a case carries."""

    case_id = fields.UUID(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True)
    place = fields.String(required=True)


class CaseRouted(_Case):
    """Somebody must see to a case: a unit, or the duty desk."""

    topic = "patrol.case_routed.v1"
    subscribers = ("notify",)

    words = fields.String(required=True)
    severity = fields.String(required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    to_desk = fields.Boolean(required=True)
    due_at = fields.AwareDateTime(required=True)


class CaseMoved(_Case):
    """A case was taken, paused, taken up again or ended: whoever reported it and its owner may want to know."""

    topic = "patrol.case_moved.v1"
    subscribers = ("notify",)

    step = fields.String(required=True)
    words = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True)
    unit_ids = fields.List(fields.UUID(), required=True)


class CaseFixed(_Case):
    """The owner says that it is fixed: the members who reported it are asked whether it is so."""

    topic = "patrol.case_fixed.v1"
    subscribers = ("notify",)

    words = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True)


class CaseOverdue(_Case):
    """Nobody saw to a case in time: the next level is told. 1: the duty desk; 2: the secretary."""

    topic = "patrol.case_overdue.v1"
    subscribers = ("notify",)

    level = fields.Integer(required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)


class CaseReporterReached(Event):
    """A resident without an account left a number to hear by SMS how their report stands."""

    topic = "patrol.case_reporter_reached.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell a resident how their report stands"

    report_id = fields.UUID(required=True)
    number = fields.String(required=True)
    phone = Sealed(required=True)
    step = fields.String(required=True)
