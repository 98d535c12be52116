"""The joint meeting's agenda on HTTP."""

from marshmallow import Schema, fields

from shared.page import PageQuery


class AgendaQuery(PageQuery):
    """What is still to be spoken about; or what was settled."""

    settled = fields.Boolean(load_default=False)


class AgendaItem(Schema):
    """A matter that came to the joint meeting by itself."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    need_id = fields.UUID(required=True, attribute="about")
    title = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)
