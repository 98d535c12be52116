"""Field types of events: what people may type, and moments."""

import unicodedata
from datetime import UTC
from typing import Any

from marshmallow import ValidationError, fields, validate

#: Characters that turn the reading order of a whole line around; joiners stay, since emoji are made with them.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: Years that a moment can lie in; beyond them lies a typing error, or the end of a number.
YEARS = range(2000, 2101)


class Words(fields.String):
    """Text that people typed: trimmed, bounded, without control characters; line breaks where *lines* says so."""

    def __init__(self, longest: int, *, shortest: int = 1, lines: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(shortest, longest), **kwargs)
        self.lines = lines

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if any(_is_control(sign) and not (self.lines and sign in "\r\n\t") for sign in text):
            raise ValidationError("control_character")
        return text


class Moment(fields.AwareDateTime):
    """A moment; whatever offset it comes with, it goes out in UTC."""

    def _deserialize(self, value, attr, data, **kwargs):
        moment = super()._deserialize(value, attr, data, **kwargs)
        if moment.year not in YEARS:
            raise ValidationError({"code": "out_of_range", "min": YEARS[0], "max": YEARS[-1]})
        return moment.astimezone(UTC)

    def _serialize(self, value, attr, obj, **kwargs):
        return None if value is None else value.astimezone(UTC).isoformat()


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNING


class Day(fields.Date):
    """A day of a year that a day can lie in."""

    def _deserialize(self, value, attr, data, **kwargs):
        day = super()._deserialize(value, attr, data, **kwargs)
        if day.year not in YEARS:
            raise ValidationError({"code": "out_of_range", "min": YEARS[0], "max": YEARS[-1]})
        return day
