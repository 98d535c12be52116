"""Seats: take one, give it back, see who comes."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from services.events.domain import scope, sign_ups
from services.events.domain.attendance import marks
from services.events.domain.sign_ups import offers
from services.events.models import Activity, SignUp
from services.events.routes.asking import asker, me
from services.events.schemas import sign_ups as schemas
from shared.auth import PERSON, needs
from shared.db import now
from shared.errors import NotFound
from shared.page import PageQuery, page, paged

bp = Blueprint("sign_ups", __name__, description="Who goes where")


@bp.put("/activities/<uuid:activity_id>/sign-up")
@needs(PERSON)
@bp.arguments(schemas.OwnWish, required=False)
@bp.response(200, schemas.SignUp)
def put_sign_up(asked, activity_id):
    """Sign up: a seat, or a place in the waiting list. Twice is once; with a wish: it is as one wants it now."""
    activity = scope.seen(g.db, activity_id, asker())
    return told(sign_ups.sign_up(g.db, activity.id, person_id=me(), asked=asked))


@bp.get("/activities/<uuid:activity_id>/sign-up")
@needs(PERSON)
@bp.response(200, schemas.SignUp)
def get_sign_up(activity_id):
    """Where one stands, and why; also for who just came and was taken down."""
    activity = scope.seen(g.db, activity_id, asker())
    key = {"activity_id": activity.id, "person_id": me()}
    mine = g.db.get(SignUp, key) or SignUp(**key, state="cancelled", why=[], party_size=1, by="self")
    answer = told(mine)
    if mine.state == "cancelled" and not mine.why and not answer["attended_at"]:
        raise NotFound
    return answer


@bp.delete("/activities/<uuid:activity_id>/sign-up")
@needs(PERSON)
@bp.response(204)
def delete_sign_up(activity_id):
    """Give one's seat back to whoever waits longest."""
    activity = scope.seen(g.db, activity_id, asker())
    sign_ups.cancel(g.db, activity.id, person_id=me())


@bp.post("/activities/<uuid:activity_id>/sign-up/accept")
@needs(PERSON)
@bp.response(200, schemas.SignUp)
def accept_offer(activity_id):
    """Take the seat that is held for one."""
    activity = scope.seen(g.db, activity_id, asker())
    return told(offers.accept(g.db, activity.id, person_id=me()))


@bp.post("/activities/<uuid:activity_id>/sign-up/decline")
@needs(PERSON)
@bp.response(204)
def decline_offer(activity_id):
    """Leave the seat that is held for one to the next."""
    activity = scope.seen(g.db, activity_id, asker())
    offers.decline(g.db, activity.id, person_id=me())


@bp.get("/activities/<uuid:activity_id>/sign-ups")
@needs("clerk", "liaison")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Participant))
def list_sign_ups(wanted, activity_id):
    """Who goes and who waits, in the order in which they came; for clerks and the unit that holds the activity."""
    activity = scope.own(g.db, activity_id, asker())
    query = (
        select(SignUp)
        .options(joinedload(SignUp.person), joinedload(SignUp.known_guest))
        .where(SignUp.activity_id == activity.id, SignUp.state != "cancelled")
    )
    found = page(g.db, query, [SignUp.turn], **wanted)
    return found | {"items": [_participant(one) for one in found["items"]]}


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


def told(mine: SignUp) -> dict:
    """A sign-up as its answer."""
    reason = "full" if mine.state == "waiting" else "seat"
    facts = {name: getattr(mine, name) for name in ("state", "why", "offer_until", "party_size", "part", "by")}
    there = marks.attended_at(g.db, mine.activity_id, mine.person_id)
    return {**facts, "reason": reason, "position": sign_ups.position(g.db, mine), "attended_at": there}


def _participant(one: SignUp) -> dict:
    guest, details = one.known_guest, one.details or {}
    name = guest.name if guest else one.person.name if one.person else None
    person = {"id": one.person_id, "name": name or "", "unit": one.person.unit_name if one.person else None}
    said = {"answers": details.get("answers", {}), "party": details.get("party", [])}
    said |= {"guardian": details.get("guardian"), "phone": guest.phone if guest else None}
    names = ("guest", "state", "at", "party_size", "part", "by", "why", "offer_until")
    return {name: getattr(one, name) for name in names} | {"person": person, "told": said}
