"""Bookings: wish, see, decide, give back."""

from typing import Any
from uuid import UUID

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from services.events.domain import scope, venues
from services.events.domain.bookings import confirming, making, moving, steps
from services.events.domain.bookings.wishes import Taken, Wish
from services.events.domain.scope import Asker
from services.events.models import LONGEST_BOOKING, Booking, Venue
from services.events.routes.asking import asker, me
from services.events.schemas import bookings as schemas
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.errors import Forbidden, Invalid, NotFound
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("bookings", __name__, description="Who uses which venue when")

WITH = (joinedload(Booking.unit), joinedload(Booking.person), joinedload(Booking.series), joinedload(Booking.closure))


@bp.get("/bookings")
@needs(PERSON)
@bp.arguments(schemas.BookingQuery, location="query")
@bp.response(200, paged(schemas.Booking))
def list_bookings(wanted):
    """Bookings by their start: one's own, those of one's unit, and all of the venues that one runs."""
    cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
    query = _narrowed(_seen_by(asker()), **wanted)
    return page(g.db, query, [Booking.starts_at, Booking.id], cursor=cursor, limit=limit)


@bp.post("/bookings")
@needs(PERSON)
@once
@bp.arguments(schemas.NewBooking)
@bp.response(201, schemas.Made)
def post_booking(wish):
    """Book a venue, once or again and again. What cannot be had comes back with what could be done instead."""
    who, on_conflict = asker(), wish.pop("on_conflict")
    venue = _venue(wish.pop("venue_id"), who)
    if wish["kind"] == "block" and not venues.runs(who, venue):
        raise Forbidden
    unit = wish.pop("unit")
    whose: dict[str, Any] = {"person_id": me(), "unit_id": scope.unit_of(g.db, who, unit).unit_id if unit else None}
    _check_activity(wish["activity_id"], who)
    try:
        result = making.book(g.db, venue, Wish(**wish, **whose), who, on_conflict=on_conflict)
    except Taken as taken:
        raise _worded(taken) from None
    for booking in result.made:
        _note("made", booking)
    return result


@bp.get("/bookings/<uuid:booking_id>")
@needs(PERSON)
@bp.response(200, schemas.Booking)
def get_booking(booking_id):
    """One booking, for who made it and for those who run the venue."""
    return tag(_seen(booking_id))


@bp.put("/bookings/<uuid:booking_id>")
@needs(PERSON)
@bp.arguments(schemas.BookingEdit)
@bp.response(200, schemas.Booking)
@bp.doc(parameters=[IF_MATCH])
def put_booking(edit, booking_id):
    """Move a booking, or change what is said of it; other times in a venue that needs approval are asked for anew."""
    who, before = asker(), _seen(booking_id)
    venue = _venue(edit.pop("venue_id"), who)
    moving.alone_with(g.db, {before.venue_id, venue.id})
    booking = match(steps.held(g.db, before.id))
    try:
        moving.move(g.db, booking, venue, Wish(**edit, kind=booking.kind), who)
    except Taken as taken:
        raise _worded(taken) from None
    return _noted("moved", booking)


@bp.post("/bookings/<uuid:booking_id>/approve")
@needs("clerk", "liaison")
@bp.arguments(schemas.Scope, location="query")
@bp.response(200, schemas.Booking)
def approve_booking(reach, booking_id):
    """Let them have the venue; with `series` on the later dates too."""
    return _noted("approved", steps.approve(g.db, _to_decide(booking_id).id, **reach), **reach)


@bp.post("/bookings/<uuid:booking_id>/reject")
@needs("clerk", "liaison")
@bp.arguments(schemas.BookingDecision)
@bp.response(200, schemas.Booking)
def reject_booking(decision, booking_id):
    """Turn a request down; with `series` for the later dates too."""
    booking = steps.reject(g.db, _to_decide(booking_id).id, **decision)
    return _noted("rejected", booking, series=decision["series"])


@bp.post("/bookings/<uuid:booking_id>/withdraw")
@needs(PERSON)
@bp.arguments(schemas.Scope, location="query")
@bp.response(200, schemas.Booking)
def withdraw_booking(reach, booking_id):
    """Take back a request that nobody has decided about, or a place in the waiting list."""
    return _noted("withdrawn", steps.withdraw(g.db, _own(booking_id).id, **reach), **reach)


@bp.post("/bookings/<uuid:booking_id>/cancel")
@needs(PERSON)
@bp.arguments(schemas.BookingDecision)
@bp.response(200, schemas.Booking)
def cancel_booking(decision, booking_id):
    """Give back, or take away, what was confirmed: whoever waits for it gets it."""
    booking = _seen(booking_id)
    steps.cancel(g.db, booking.id, told=booking.person_id != me(), **decision)
    return _noted("cancelled", booking, series=decision["series"])


@bp.post("/bookings/<uuid:booking_id>/reconfirm")
@needs(PERSON)
@bp.response(200, schemas.Booking)
def reconfirm_booking(booking_id):
    """Say that a series is still wanted for another month."""
    booking = _own(booking_id)
    if booking.series_id is None:
        raise confirming.NothingToConfirm
    confirming.confirm(g.db, booking.series_id)
    return _noted("reconfirmed", booking)


def _seen_by(who: Asker) -> Select[Any]:
    return select(Booking).join(Booking.venue).where(_visible(who)).options(contains_eager(Booking.venue), *WITH)


def _visible(who: Asker) -> ColumnElement[bool]:
    return or_(_mine(who), venues.own(who))


def _mine(who: Asker) -> ColumnElement[bool]:
    return or_(Booking.person_id == who.person_id, Booking.unit_id.in_(who.units))


def _narrowed(query: Select[Any], *, mine: bool, run: bool, **only: Any) -> Select[Any]:
    if mine:
        query = query.where(_mine(asker()))
    if run:
        query = query.where(venues.own(asker()))
    if venue := only.get("venue"):
        query = query.where(Booking.venue_id == venue)
    if states := only.get("state"):
        query = query.where(Booking.state.in_(states))
    if begin := only.get("starts_after"):  # the second condition lets the index find the beginning
        query = query.where(Booking.ends_at > begin, Booking.starts_at > begin - LONGEST_BOOKING)
    if end := only.get("starts_before"):
        query = query.where(Booking.starts_at < end)
    return query


def _seen(booking_id: UUID) -> Booking:
    found = g.db.scalars(_seen_by(asker()).where(Booking.id == booking_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _to_decide(booking_id: UUID) -> Booking:
    """The booking, if who asks runs its venue."""
    booking = _seen(booking_id)
    if not venues.runs(asker(), booking.venue):
        raise Forbidden
    return booking


def _own(booking_id: UUID) -> Booking:
    """The booking, if it is theirs or their unit's; a clerk may do it for anybody, who calls."""
    booking, who = _seen(booking_id), asker()
    if booking.person_id != who.person_id and booking.unit_id not in who.units and not who.clerk:
        raise Forbidden
    return booking


def _venue(venue_id: UUID, who: Asker) -> Venue:
    try:
        return venues.seen(g.db, venue_id, who)
    except NotFound:
        raise Invalid(errors={"venue_id": ["unknown"]}) from None


def _check_activity(activity_id: UUID | None, who: Asker) -> None:
    """That what is booked for is theirs to hold."""
    if activity_id is None:
        return
    try:
        scope.own(g.db, activity_id, who)
    except (NotFound, Forbidden):
        raise Invalid(errors={"activity_id": ["unknown"]}) from None


def _worded(taken: Taken) -> Taken:
    return Taken(conflicts=schemas.Conflict(many=True).dump(taken.facts["conflicts"]))


def _note(done: str, booking: Booking, **facts: Any) -> None:
    unit_id = booking.unit_id if booking.unit_id in actor().units() else None
    record(g.db, f"events.booking_{done}", "booking", booking.id, on_behalf_of=unit_id, state=booking.state, **facts)


def _noted(done: str, booking: Booking, **facts: Any) -> Booking:
    """The booking as an answer, and in the audit log that this was done to it."""
    _note(done, booking, **facts)
    return tag(booking)
