"""Standing places, and seats that pass from one person to another."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import scope, swaps
from services.events.domain.series import standing
from services.events.domain.sign_ups import behalf
from services.events.models import Series
from services.events.routes.asking import asker, me
from services.events.schemas import changes as changed
from services.events.schemas import series as schemas
from shared.auth import PERSON, needs

bp = Blueprint("standing", __name__, description="Standing places, and seats passed on")


@bp.put("/series/<uuid:series_id>/standing-place")
@needs(PERSON)
@bp.arguments(schemas.StandingPlace, required=False)
@bp.response(200, schemas.StandingPlace)
def put_standing_place(wanted, series_id):
    """Have a seat in all that is to come."""
    series = scope.seen(g.db, series_id, asker(), of=Series)
    if (buddy := wanted.pop("buddy")) and (known := behalf.known_by(g.db, **buddy)) and known.person_id != me():
        wanted["buddy_id"] = known.person_id
    return standing.take(g.db, series.id, person_id=me(), **wanted)


@bp.delete("/series/<uuid:series_id>/standing-place")
@needs(PERSON)
@bp.response(204)
def delete_standing_place(series_id):
    """Give it back for good; "not this week" is to give back the seat of that day."""
    series = scope.seen(g.db, series_id, asker(), of=Series)
    standing.give_back(g.db, series.id, person_id=me())


@bp.put("/activities/<uuid:activity_id>/swap")
@needs(PERSON)
@bp.arguments(changed.SwapOffer, required=False)
@bp.response(200, changed.Swap)
def put_swap(wanted, activity_id):
    """Offer one's seat to somebody, by default to one's buddy."""
    activity = scope.seen(g.db, activity_id, asker())
    to_id = wanted["to"] or standing.buddy_of(g.db, activity, me())
    return _shown(swaps.offer(g.db, activity.id, from_id=me(), to_id=to_id))


@bp.post("/swaps/<uuid:swap_id>/accept")
@needs(PERSON)
@bp.response(200, changed.Swap)
def accept_swap(swap_id):
    """Take the seat that somebody offers."""
    return _shown(swaps.accept(g.db, swap_id, person_id=me()))


@bp.post("/swaps/<uuid:swap_id>/decline")
@needs(PERSON)
@bp.response(200, changed.Swap)
def decline_swap(swap_id):
    """Say that one does not want it."""
    return _shown(swaps.decline(g.db, swap_id, person_id=me()))


@bp.get("/me/swaps")
@needs(PERSON)
@bp.response(200, changed.Swaps)
def list_my_swaps():
    """Seats on offer to oneself, and one's own on offer."""
    return {"items": [_shown(swap) for swap in swaps.of_person(g.db, me())]}


def _shown(swap):
    swap.from_me = swap.from_id == me()
    return swap
