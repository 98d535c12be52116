"""Households that support a need, and the answer that they are owed."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import lists, supports
from services.events.models import Need
from services.events.routes.asking import asker, me
from services.events.routes.needs import answered, shown
from services.events.schemas import lists as schemas
from shared.auth import PERSON, needs

bp = Blueprint("supports", __name__, description="Households that support a need")


@bp.put("/needs/<uuid:need_id>/support")
@needs(PERSON)
@bp.arguments(schemas.SupportWords)
@bp.response(200, schemas.Need)
def put_support(words, need_id):
    """Support a need as a household: once, whoever of it does so. The room is not kept."""
    lists.seen(g.db, Need, need_id, asker())
    on_behalf = words.pop("on_behalf")
    lists.refuse_on_behalf(asker(), on_behalf)
    return shown(supports.support(g.db, need_id, **words, person_id=None if on_behalf else me()))


@bp.delete("/needs/<uuid:need_id>/support")
@needs(PERSON)
@bp.response(204)
def delete_support(need_id):
    """Support it no longer."""
    lists.seen(g.db, Need, need_id, asker())
    supports.take_back(g.db, need_id, person_id=me())


@bp.post("/needs/<uuid:need_id>/answer")
@needs("clerk")
@bp.arguments(schemas.AnswerWords)
@bp.response(200, schemas.Need)
def answer_need(said, need_id):
    """Say what is done about it and why: everybody reads it, those who support it are told."""
    lists.seen(g.db, Need, need_id, asker())
    need = supports.answer(g.db, need_id, decision=said["decision"], words=said["text"])
    return answered("answered", need)
