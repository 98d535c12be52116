"""Rules and templates."""

from marshmallow import Schema, fields, validate

from services.notify.models.rules import LANGUAGES

TITLE, BODY = validate.Length(1, 200), validate.Length(1, 2000)
LANGUAGE = validate.OneOf(LANGUAGES)


class RuleOut(Schema):
    """Which event is told to whom, and how."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    topic = fields.String(required=True)
    event = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    condition = fields.Dict(required=True)
    audience = fields.List(fields.Dict(), required=True)
    template = fields.String(required=True)
    urgency = fields.String(required=True, data_key="class")
    needs_answer = fields.Boolean(required=True)
    channels = fields.List(fields.String(), required=True, allow_none=True)
    why = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    on = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class RulesOut(Schema):
    items = fields.List(fields.Nested(RuleOut), required=True)


class RuleIn(Schema):
    on = fields.Boolean(required=True)


class DryRunIn(Schema):
    """An event as it might come; facts that are left out are invented."""

    topic = fields.String(required=True, validate=validate.Length(max=100))
    facts = fields.Dict(keys=fields.String(), load_default=dict)


class Somebody(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)


class WouldTell(Schema):
    """What one rule would do; of its readers the first two hundred."""

    rule = fields.String(required=True)
    urgency = fields.String(required=True, data_key="class")
    title = fields.String(required=True)
    body = fields.String(required=True)
    channels = fields.List(fields.String(), required=True)
    count = fields.Integer(required=True)
    people = fields.List(fields.Nested(Somebody), required=True)
    why = fields.String(required=True)


class DryRunOut(Schema):
    items = fields.List(fields.Nested(WouldTell), required=True)


class TemplateOut(Schema):
    code = fields.String(required=True)
    language = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    sms_code = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    created_by = fields.String(required=True)


class TemplatesOut(Schema):
    items = fields.List(fields.Nested(TemplateOut), required=True)


class TemplateQuery(Schema):
    language = fields.String(load_default="zh", validate=LANGUAGE)


class TemplateIn(Schema):
    language = fields.String(required=True, validate=LANGUAGE)
    title = fields.String(required=True, validate=TITLE)
    body = fields.String(required=True, validate=BODY)
    sms_code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=60))


class PreviewIn(Schema):
    code = fields.String(required=True, validate=validate.Length(max=100))
    language = fields.String(load_default="zh", validate=LANGUAGE)
    title = fields.String(required=True, validate=TITLE)
    body = fields.String(required=True, validate=BODY)


class PreviewOut(Schema):
    title = fields.String(required=True)
    body = fields.String(required=True)
    length = fields.Integer(required=True)
