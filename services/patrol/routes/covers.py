"""Places on shifts that pass from one to another, over HTTP: swaps, and looking for cover."""

from flask import g
from flask_smorest import Blueprint

from services.patrol.domain import covers, swaps
from services.patrol.domain.readers import allowed, leads
from services.patrol.models import Cover, Shift
from services.patrol.routes.asking import reader
from services.patrol.schemas import covers as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.db import find
from shared.errors import NotFound
from shared.idempotency import once

bp = Blueprint("covers", __name__, description="Places on shifts that pass from one to another")


@bp.post("/shifts/<uuid:shift_id>/swap")
@needs(PERSON)
@once
@bp.arguments(schemas.SwapOffer, required=False)
@bp.response(201, schemas.Swap)
def offer_swap(offer, shift_id):
    """Offer one's place on a shift: to somebody by name, or to whoever of the squad takes it."""
    return swaps.offer(g.db, shift_id, reader(), **offer)


@bp.get("/me/swaps")
@needs(PERSON)
@bp.response(200, schemas.Swaps)
def my_swaps():
    """Places that one could take, and those that one offers."""
    return {"items": swaps.open_to(g.db, reader().person_id)}


@bp.post("/swaps/<uuid:swap_id>/accept")
@needs(PERSON)
@bp.response(200, schemas.Swap)
def accept_swap(swap_id):
    """Take a place that is offered. Of two at once one has it."""
    return swaps.accept(g.db, swap_id, reader())


@bp.post("/swaps/<uuid:swap_id>/decline")
@needs(PERSON)
@bp.response(200, schemas.Swap)
def decline_swap(swap_id):
    """Leave a place that was offered to oneself."""
    return swaps.decline(g.db, swap_id, reader())


@bp.delete("/swaps/<uuid:swap_id>")
@needs(PERSON)
@bp.response(204)
def take_swap_back(swap_id):
    """Walk it after all."""
    swaps.take_back(g.db, swap_id, reader())


@bp.post("/shifts/<uuid:shift_id>/cover")
@needs(PERSON)
@once
@bp.arguments(schemas.CoverWish, required=False)
@bp.response(201, schemas.Cover)
def look_for_cover(wish, shift_id):
    """Ask fitting people to stand in, a few at a time, until the places are filled: the leader, or the duty desk."""
    who = reader()
    shift = allowed(g.db, Shift, shift_id, leads(who))
    record(g.db, "patrol.cover_asked", "shift", shift_id)
    return covers.begin(g.db, shift, places=wish["places"], by=who.person_id)


@bp.get("/shifts/<uuid:shift_id>/cover")
@needs(PERSON)
@bp.response(200, schemas.Cover)
def show_cover(shift_id):
    """Who was asked to stand in on a shift, and why they."""
    allowed(g.db, Shift, shift_id, leads(reader()))
    if (found := covers.of_shift(g.db, shift_id)) is None:
        raise NotFound
    return found


@bp.post("/covers/<uuid:cover_id>/stop")
@needs(PERSON)
@bp.response(200, schemas.Cover)
def stop_cover(cover_id):
    """Look no further; who was asked is told."""
    allowed(g.db, Shift, find(g.db, Cover, cover_id).shift_id, leads(reader()))
    return covers.stop(g.db, cover_id)


@bp.get("/me/cover-asks")
@needs(PERSON)
@bp.response(200, schemas.MyAsks)
def my_cover_asks():
    """Shifts that one is asked to stand in on, and why."""
    return {"items": covers.asks_of(g.db, reader().person_id)}


@bp.post("/cover-asks/<uuid:ask_id>/answer")
@needs(PERSON)
@bp.arguments(schemas.CoverAnswer)
@bp.response(200, schemas.MyAsk)
def answer_cover_ask(said, ask_id):
    """Say whether one comes."""
    return covers.say(g.db, ask_id, person_id=reader().person_id, yes=said["yes"])
