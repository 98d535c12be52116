"""Replies as the gateway pushes them: Aliyun's SmsUp. What else it sends is left alone."""

from marshmallow import EXCLUDE, Schema, fields, pre_load, validate

#: Replies in one push, and characters of one that are looked at.
MOST, LONGEST = 500, 500


class SmsUp(Schema):
    """One reply. Nothing is refused for its form: the gateway would push it again for hours."""

    class Meta:
        unknown = EXCLUDE

    phone_number = fields.String(load_default="")
    content = fields.String(load_default="")
    send_time = fields.String(load_default="")
    dest_code = fields.String(load_default="")
    sequence_id = fields.String(load_default="")

    @pre_load
    def as_texts(self, data, **_):
        """Numbers may come as numbers; what is no reply is an empty one."""
        given = data if isinstance(data, dict) else {}
        return {name: str(given[name])[:LONGEST] for name in self.fields if given.get(name) is not None}


class SmsUpTaken(Schema):
    """What the gateway wants to hear."""

    code = fields.Integer(required=True, validate=validate.Equal(0))
    msg = fields.String(required=True)
