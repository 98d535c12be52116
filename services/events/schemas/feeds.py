"""Calendars on HTTP."""

from marshmallow import Schema, fields


class FeedAddress(Schema):
    """The address of a calendar; shown once."""

    url = fields.Url(required=True, require_tld=False)
