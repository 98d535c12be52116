"""Signing up for others."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import scope, sign_ups
from services.events.domain.sign_ups import behalf
from services.events.routes.asking import asker, me
from services.events.routes.sign_ups import told
from services.events.schemas import sign_ups as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.idempotency import once

bp = Blueprint("behalf", __name__, description="Signing up for others")


@bp.put("/activities/<uuid:activity_id>/sign-ups/<uuid:person_id>")
@needs("clerk", "liaison")
@bp.arguments(schemas.WishForMember, required=False)
@bp.response(200, schemas.SignUp)
def put_sign_up_for(asked, activity_id, person_id):
    """Sign a member up, or give them a part, such as the leader's; they are told, and may say no."""
    activity = scope.own(g.db, activity_id, asker())
    by = asked.pop("by")
    mine = behalf.by_desk(g.db, activity.id, person_id=person_id, asked=asked, by=by, by_id=me())
    record(g.db, "events.signed_up_for", "activity", activity.id, person=person_id, by=by)
    return told(mine)


@bp.delete("/activities/<uuid:activity_id>/sign-ups/<uuid:person_id>")
@needs("clerk", "liaison")
@bp.response(204)
def delete_sign_up_of(activity_id, person_id):
    """Give a seat back for a member or a guest; members are told."""
    activity = scope.own(g.db, activity_id, asker())
    sign_ups.cancel(g.db, activity.id, person_id=person_id)
    record(g.db, "events.sign_up_cancelled_for", "activity", activity.id, person=person_id)


@bp.post("/activities/<uuid:activity_id>/guests")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.WishForGuest)
@bp.response(201, schemas.SignUp)
def post_guest(asked, activity_id):
    """Enter somebody without an account, who called or came by."""
    activity = scope.own(g.db, activity_id, asker())
    who = {name: asked.pop(name) for name in ("name", "phone", "by")}
    return told(behalf.by_phone(g.db, activity.id, asked=asked, by_id=me(), **who))


@bp.post("/activities/<uuid:activity_id>/neighbours")
@needs(PERSON)
@bp.arguments(schemas.WishForNeighbour)
@bp.response(200, schemas.Asked)
def post_neighbour(asked, activity_id):
    """Sign up a neighbour by name and number. The answer is the same whether there is such a member or not."""
    activity = scope.seen(g.db, activity_id, asker())
    who = {name: asked.pop(name) for name in ("name", "phone")}
    behalf.by_neighbour(g.db, activity.id, asked=asked, by_id=me(), **who)
    return {"asked": True}
