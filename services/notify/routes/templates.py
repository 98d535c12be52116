"""The words of messages."""

from flask import g
from flask_smorest import Blueprint

from services.notify.domain import rules, templates
from services.notify.schemas.rules import PreviewIn, PreviewOut, TemplateIn, TemplateOut, TemplateQuery, TemplatesOut
from shared.audit import record
from shared.auth import actor, needs
from shared.web import IF_MATCH, match, tag

bp = Blueprint("templates", __name__, description="The words of messages")


@bp.get("/templates")
@needs("clerk", "duty")
@bp.response(200, TemplatesOut)
def list_templates():
    """The words in use"""
    rules.every_rule(g.db)
    return {"items": templates.current(g.db)}


@bp.get("/templates/<string:code>")
@needs("clerk", "duty")
@bp.arguments(TemplateQuery, location="query")
@bp.response(200, TemplateOut)
def get_template(query, code):
    """The words in use for something, in one language"""
    return tag(templates.in_use(g.db, code, query["language"]))


@bp.put("/templates/<string:code>")
@needs("clerk")
@bp.doc(parameters=[IF_MATCH])
@bp.arguments(TemplateIn)
@bp.response(200, TemplateOut)
def renew_template(body, code):
    """Put new words in place of those in use; the old version is kept"""
    template = match(templates.in_use(g.db, code, body.pop("language")))
    renewed = templates.renew(g.db, template, by=actor().name, **body)
    record(g.db, "notify.template_renewed", "template", code, language=template.language, version=renewed.version)
    return tag(renewed)


@bp.post("/templates/preview")
@needs("clerk", "duty")
@bp.arguments(PreviewIn)
@bp.response(200, PreviewOut)
def preview(body):
    """What readers would see, with invented facts, and how long it is"""
    return templates.preview(g.db, body.pop("code"), **body)
