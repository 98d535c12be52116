"""Seats: take one, give it back, see who comes."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from services.events.domain import scope, sign_ups
from services.events.models import Activity, SignUp
from services.events.routes.asking import asker, me
from services.events.schemas import sign_ups as schemas
from shared.auth import PERSON, needs
from shared.db import now
from shared.page import PageQuery, page, paged

bp = Blueprint("sign_ups", __name__, description="Who goes where")


@bp.put("/activities/<uuid:activity_id>/sign-up")
@needs(PERSON)
@bp.response(200, schemas.SignUp)
def put_sign_up(activity_id):
    """Sign up: a seat, or a place in the waiting list. Twice is once."""
    activity = scope.seen(g.db, activity_id, asker())
    mine = sign_ups.sign_up(g.db, activity.id, person_id=me())
    reason = "seat" if mine.state == "going" else "full"
    return {"state": mine.state, "reason": reason, "position": sign_ups.position(g.db, mine)}


@bp.delete("/activities/<uuid:activity_id>/sign-up")
@needs(PERSON)
@bp.response(204)
def delete_sign_up(activity_id):
    """Give one's seat back to whoever waits longest."""
    activity = scope.seen(g.db, activity_id, asker())
    sign_ups.cancel(g.db, activity.id, person_id=me())


@bp.get("/activities/<uuid:activity_id>/sign-ups")
@needs("clerk", "liaison")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Participant))
def list_sign_ups(wanted, activity_id):
    """Who goes and who waits, in the order of their turn; for clerks and the unit that holds the activity."""
    activity = scope.own(g.db, activity_id, asker())
    query = (
        select(SignUp)
        .join(SignUp.person)
        .options(contains_eager(SignUp.person))
        .where(SignUp.activity_id == activity.id, SignUp.state != "cancelled")
    )
    return page(g.db, query, [SignUp.turn], **wanted)


@bp.get("/me/sign-ups")
@needs(PERSON)
@bp.arguments(schemas.MySignUpQuery, location="query")
@bp.response(200, paged(schemas.MySignUp))
def list_my_sign_ups(wanted):
    """Where one goes or waits, what is next first."""
    ends_after = wanted.pop("ends_after") or now()
    query = (
        select(SignUp)
        .join(SignUp.activity)
        .options(contains_eager(SignUp.activity).joinedload(Activity.unit))
        .where(SignUp.person_id == me(), SignUp.state != "cancelled", Activity.ends_at > ends_after)
    )
    found = page(g.db, query, [Activity.starts_at, Activity.id], **wanted)
    sign_ups.counted(g.db, [mine.activity for mine in found["items"]], me())
    return found
