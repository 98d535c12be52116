"""News of equipment and its loans."""

from marshmallow import fields, validate

from shared.schemas.event import Event

LOAN_DECISIONS = ("approved", "refused", "lapsed")


class _Loan(Event):
    """What all news of a loan carries; the unit is the one that lends."""

    loan_id = fields.UUID(required=True)
    equipment_id = fields.UUID(required=True)
    title = fields.String(required=True)  # what it is called
    count = fields.Integer(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)


class LoanAsked(_Loan):
    """Somebody would like to borrow something. Who it is the unit reads itself."""

    topic = "events.loan_asked.v1"
    subscribers = ("notify",)


class LoanToHandOut(_Loan):
    """Somebody will come for what was promised to them."""

    topic = "events.loan_to_hand_out.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell whoever hands it out"

    person_id = fields.UUID(required=True)  # the steward


class _OfBorrower(_Loan):
    """News for who asked, and for the unit on whose behalf they did."""

    data_class = "C"
    purpose = "to tell the borrower"

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))
    borrower_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class LoanDecided(_OfBorrower):
    """They can have it, or not; or nobody decided or came for it in time."""

    topic = "events.loan_decided.v1"
    subscribers = ("notify",)

    decision = fields.String(required=True, validate=validate.OneOf(LOAN_DECISIONS))
    reason = fields.String(required=True)


class _Outstanding(_OfBorrower):
    """News of what is not back."""

    purpose = "to remind the borrower"

    left = fields.Integer(required=True)


class LoanIsDue(_Outstanding):
    """Tomorrow something is to be brought back."""

    topic = "events.loan_is_due.v1"
    subscribers = ("notify",)


class LoanOverdue(_Outstanding):
    """Something should have been brought back by now."""

    topic = "events.loan_overdue.v1"
    subscribers = ("notify",)


class LoanStillOut(_Outstanding):
    """Three days after its time something is not back yet."""

    topic = "events.loan_still_out.v1"
    subscribers = ("notify",)


class EquipmentDamaged(_Loan):
    """Something came back damaged, or not all of it will come back."""

    topic = "events.equipment_damaged.v1"
    subscribers = ("notify",)

    harm = fields.String(required=True, validate=validate.OneOf(["damaged", "missing"]))
    condition = fields.String(required=True)
    back = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    note = fields.String(required=True)
