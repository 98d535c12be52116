"""The register of venues: what there is, whose it is, who looks after it."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import or_, select

from services.events.domain import venues
from services.events.domain.scope import unit_of
from services.events.models import Unit, Venue
from services.events.routes.asking import asker
from services.events.routes.running import noted, shown, to_run
from services.events.schemas import venues as schemas
from shared.auth import PERSON, needs
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH

bp = Blueprint("venues", __name__, description="Rooms, grounds and things that units let others use")


@bp.get("/venues")
@needs(PERSON)
@bp.arguments(schemas.VenueQuery, location="query")
@bp.response(200, paged(schemas.Venue))
def list_venues(wanted):
    """All venues by their code; who looks after them only for those who run them."""
    cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
    query = _narrowed(select(Venue), **wanted).options(*venues.PEOPLE)
    found = page(g.db, query, [Venue.code, Venue.id], cursor=cursor, limit=limit)
    return found | {"items": [shown(venue) for venue in found["items"]]}


@bp.post("/venues")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.NewVenue)
@bp.response(201, schemas.Venue)
def post_venue(facts):
    """Add a venue of one's unit."""
    unit = unit_of(g.db, asker(), facts.pop("unit"))
    return noted("added", venues.register(g.db, unit, **facts))


@bp.get("/venues/<uuid:venue_id>")
@needs(PERSON)
@bp.response(200, schemas.Venue)
def get_venue(venue_id):
    """One venue."""
    return shown(venues.seen(g.db, venue_id, asker()), tagged=True)


@bp.put("/venues/<uuid:venue_id>")
@needs("clerk", "liaison")
@bp.arguments(schemas.VenueEdit)
@bp.response(200, schemas.Venue)
@bp.doc(parameters=[IF_MATCH])
def put_venue(facts, venue_id):
    """Change what is said of a venue, and who looks after it; bookings that were made stay."""
    return noted("changed", venues.edit(g.db, to_run(venue_id), **facts))


def _narrowed(query, *, kind=None, place=None, unit=None, bookable=None, q=None):
    if kind:
        query = query.where(Venue.kind == kind)
    if place:
        query = query.where(Venue.place_code == place)
    if unit:
        query = query.where(Venue.unit_id.in_(select(Unit.unit_id).where(Unit.code == unit)))
    if bookable is not None:
        query = query.where(Venue.bookable == bookable)
    if q:
        query = query.where(or_(*(column.icontains(q, autoescape=True) for column in (Venue.name, Venue.address))))
    return query
