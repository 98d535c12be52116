"""What all events have in common."""

from types import SimpleNamespace
from typing import ClassVar

from marshmallow import EXCLUDE, Schema, post_load


class Facts(Schema):
    """Facts that an event carries; in a consumer's hands they are attributes."""

    class Meta:
        unknown = EXCLUDE  # a consumer ignores what it does not know yet

    @post_load
    def as_namespace(self, data: dict, **_) -> SimpleNamespace:
        return SimpleNamespace(**data)


class Event(Facts):
    """Something that happened: named in the past tense, never taken back.

    The outbox adds what every event has: event_id, topic, occurred_at, subject, actor,
    correlation_id. Classes of personal data are those of docs/security.md.
    """

    topic: ClassVar[str]  # "<publisher>.<what_happened>.v<n>"
    subscribers: ClassVar[tuple[str, ...]]  # the services that consume it
    urgent: ClassVar[bool] = False  # True: it overtakes what is not
    data_class: ClassVar[str] = "B"  # of the most personal fact in it
    purpose: ClassVar[str] = ""  # why personal facts travel; needed from class C on
