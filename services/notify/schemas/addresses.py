"""Where and when somebody wants to be reached."""

import re

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from services.notify.models.people import WHEN

#: What can be switched off, and can wait for a digest.
CHOICES = {"service": ("web_push", "wecom", "email"), "news": ("web_push", "wecom", "email")}
LABEL = validate.Length(max=60)
BASE64URL = validate.Regexp(re.compile(r"[A-Za-z0-9_-]+={0,2}", re.ASCII), error="invalid")


class AddressOut(Schema):
    """Without an id it is the number or mailbox in the register of members."""

    id = fields.UUID(required=True, allow_none=True)
    channel = fields.String(required=True)
    label = fields.String(required=True)
    masked = fields.String(required=True)
    last_ok_at = fields.AwareDateTime(required=True, allow_none=True)
    dead = fields.Boolean(required=True)


class ChannelsOut(Schema):
    push_key = fields.String(required=True)
    items = fields.List(fields.Nested(AddressOut), required=True)


class PushKeys(Schema):
    p256dh = fields.String(required=True, validate=[validate.Length(80, 100), BASE64URL])
    auth = fields.String(required=True, validate=[validate.Length(16, 40), BASE64URL])


class Subscription(Schema):
    """What the browser's PushSubscription gives; it may hold more than we need."""

    class Meta:
        unknown = EXCLUDE

    endpoint = fields.Url(required=True, require_tld=False, validate=validate.Length(max=1000))
    keys = fields.Nested(PushKeys, required=True)


class PushIn(Schema):
    subscription = fields.Nested(Subscription, required=True)
    label = fields.String(load_default="", validate=LABEL)


class EmailIn(Schema):
    email = fields.Email(required=True, validate=validate.Length(max=200))
    label = fields.String(load_default="", validate=LABEL)


class WecomIn(Schema):
    user = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9_.@-]{1,64}$", error="invalid"))
    label = fields.String(load_default="", validate=LABEL)


class Preferences(Schema):
    """Quiet hours in Asia/Shanghai (equal: never quiet), channels that are off, and what is told together, by class.

    What *digest* does not name is told at once; without it in a request it stays as it is.
    """

    quiet_from = fields.Time(required=True, format="%H:%M")
    quiet_until = fields.Time(required=True, format="%H:%M")
    off = fields.Dict(
        keys=fields.String(validate=validate.OneOf(list(CHOICES))),
        values=fields.List(fields.String(), validate=validate.Length(max=10)),
        required=True,
    )
    digest = fields.Dict(
        keys=fields.String(validate=validate.OneOf(list(CHOICES))),
        values=fields.String(validate=validate.OneOf(WHEN)),
    )

    @validates_schema
    def switches_off_what_may_be(self, data: dict, **_) -> None:
        for urgency, channels in data.get("off", {}).items():
            if set(channels) - set(CHOICES.get(urgency, ())):
                raise ValidationError({"off": {urgency: [{"code": "not_one_of", "choices": list(CHOICES[urgency])}]}})


class WebhookIn(Schema):
    url = fields.Url(required=True, require_tld=False, schemes={"http", "https"}, validate=validate.Length(max=1000))


class WebhookOut(Schema):
    url = fields.String(required=True, allow_none=True)
    last_ok_at = fields.AwareDateTime(required=True, allow_none=True)
    dead = fields.Boolean(required=True)


class WebhookMade(WebhookOut):
    secret = fields.String(required=True)  # shown this once


class RobotIn(Schema):
    """A group chat's robot. DingTalk's has a secret too."""

    channel = fields.String(required=True, validate=validate.OneOf(["wecom_robot", "dingtalk_robot"]))
    role = fields.String(required=True, validate=validate.OneOf(["duty", "clerk"]))
    label = fields.String(required=True, validate=validate.Length(1, 60))
    key = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9_-]{8,128}$", error="invalid"))
    secret = fields.String(load_default="", validate=validate.Length(max=200))

    @validates_schema
    def dingtalk_signs(self, data: dict, **_) -> None:
        if data.get("channel") == "dingtalk_robot" and not data.get("secret"):
            raise ValidationError("required", "secret")


class RobotOut(AddressOut):
    role = fields.String(required=True)


class RobotsOut(Schema):
    items = fields.List(fields.Nested(RobotOut), required=True)
