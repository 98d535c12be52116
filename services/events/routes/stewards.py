"""The roster of those who open venues and look after people there."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.events.domain import stewards, venues
from services.events.domain.hours import today
from services.events.models import Venue
from services.events.routes.asking import asker, me
from services.events.routes.running import days, note
from services.events.schemas import hours
from services.events.schemas import venues as schemas
from shared.auth import PERSON, needs

bp = Blueprint("stewards", __name__, description="Who looks after venues on which day")


@bp.get("/venues/<uuid:venue_id>/stewards")
@needs("clerk", "liaison")
@bp.arguments(hours.DaysWanted, location="query")
@bp.response(200, schemas.StewardRoster)
def get_roster(wanted, venue_id):
    """Who is there on these days, for those who run the venue."""
    venue = venues.run_by(g.db, venue_id, asker())
    return {"items": stewards.roster(g.db, [venue], *days(**wanted))}


@bp.put("/venues/<uuid:venue_id>/stewards")
@needs("clerk", "liaison")
@bp.arguments(schemas.RosterEdit)
@bp.response(204)
def put_roster(edit, venue_id):
    """Say who is there on some days, in place of who was."""
    venue = venues.run_by(g.db, venue_id, asker())
    stewards.put(g.db, venue, edit["days"])
    note("roster_changed", venue)


@bp.get("/stewards/gaps")
@needs("clerk", "liaison")
@bp.arguments(hours.DaysWanted, location="query")
@bp.response(200, schemas.StewardRoster)
def list_gaps(wanted):
    """Days on which one of the venues that one runs opens, and a steward is missing."""
    run = g.db.scalars(select(Venue).where(venues.own(asker()), Venue.stewards_needed > 0).order_by(Venue.code)).all()
    return {"items": stewards.gaps(g.db, run, *days(**wanted))}


@bp.get("/me/steward-duties")
@needs(PERSON)
@bp.response(200, schemas.Duties)
def list_my_duties():
    """One's own days as a steward, from today on."""
    return {"items": stewards.duties_of(g.db, me(), today())}
