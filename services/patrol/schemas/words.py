"""Field types of patrol: what phones and people may send."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

#: Between these, every date can be reckoned with.
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def no_nul(text: str) -> None:
    """No database can hold it."""
    if "\0" in text:
        raise ValidationError("invalid")


class Words(fields.String):
    """A text of somebody, of bounded length."""

    def __init__(self, longest: int, shortest: int = 0, **kwargs: Any) -> None:
        super().__init__(validate=[validate.Length(shortest, longest), no_nul], **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        return super()._deserialize(value, attr, data, **kwargs).strip()


class Flag(fields.Boolean):
    """Yes or no, and nothing that only looks like it."""

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Moment(fields.AwareDateTime):
    """A date and time that can be meant."""

    def _deserialize(self, value, attr, data, **kwargs):
        moment = _utc(super()._deserialize(value, attr, data, **kwargs))
        if not FIRST <= moment < LAST:
            raise ValidationError("out_of_range")
        return moment


class PhoneTime(fields.AwareDateTime):
    """What the clock of a phone shows. However strange that is, it is no reason to refuse anything."""

    def _deserialize(self, value, attr, data, **kwargs):
        return min(max(_utc(super()._deserialize(value, attr, data, **kwargs)), FIRST), LAST)


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # at either end of the calendar
        return datetime.min.replace(tzinfo=UTC) if moment.year == 1 else datetime.max.replace(tzinfo=UTC)
