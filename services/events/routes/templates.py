"""Plans to use again."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import scope, templates
from services.events.routes.asking import asker
from services.events.schemas import changes as schemas
from shared.auth import needs
from shared.idempotency import once
from shared.web import IF_MATCH, match, tag

bp = Blueprint("templates", __name__, description="Plans that units use again")


@bp.get("/templates")
@needs("clerk", "liaison")
@bp.response(200, schemas.Templates)
def list_templates():
    """The plans of one's unit, for clerks all."""
    return {"items": templates.of(g.db, asker())}


@bp.post("/templates")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.Template)
@bp.response(201, schemas.Template)
def post_template(wanted):
    """Keep a plan of one's unit under a name."""
    unit = scope.unit_of(g.db, asker(), wanted.pop("unit"))
    return tag(templates.keep(g.db, unit, **wanted))


@bp.put("/templates/<uuid:template_id>")
@needs("clerk", "liaison")
@bp.arguments(schemas.Template)
@bp.response(200, schemas.Template)
@bp.doc(parameters=[IF_MATCH])
def put_template(wanted, template_id):
    """Change it."""
    wanted.pop("unit")
    template = match(templates.seen(g.db, template_id, asker()))
    return tag(templates.change(g.db, template, **wanted))


@bp.delete("/templates/<uuid:template_id>")
@needs("clerk", "liaison")
@bp.response(204)
def delete_template(template_id):
    """Forget it."""
    g.db.delete(templates.seen(g.db, template_id, asker()))
