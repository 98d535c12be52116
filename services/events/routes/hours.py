"""When venues are open, why they are closed, and what is free."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import closures, hours, timetables, venues
from services.events.domain.bookings import outside, picture
from services.events.models import Venue, VenueClosure
from services.events.routes.asking import asker
from services.events.routes.running import days, note, to_run
from services.events.schemas import hours as schemas
from shared.auth import PERSON, PUBLIC, needs
from shared.db import find, now
from shared.idempotency import once
from shared.web import IF_MATCH, tag

bp = Blueprint("hours", __name__, description="When venues are open")


@bp.get("/venues/<uuid:venue_id>/hours")
@needs("clerk", "liaison")
@bp.response(200, schemas.Hours)
def get_hours(venue_id):
    """All hours of a venue that one runs, as they are laid down."""
    return _hours(venues.run_by(g.db, venue_id, asker()))


@bp.put("/venues/<uuid:venue_id>/hours")
@needs("clerk", "liaison")
@bp.arguments(schemas.HoursEdit)
@bp.response(200, schemas.Hours)
@bp.doc(parameters=[IF_MATCH])
def put_hours(edit, venue_id):
    """Replace all hours of a venue; bookings that lie outside of them now are named, and stay."""
    rules = [_row(rule) for rule in edit["rules"]]
    venue = timetables.lay_down(g.db, to_run(venue_id), rules, edit["exceptions"])
    note("hours_changed", venue)
    return _hours(venue)


@bp.get("/venues/<uuid:venue_id>/opening")
@needs(PUBLIC)
@bp.arguments(schemas.DaysWanted, location="query")
@bp.response(200, schemas.Openings)
def get_opening(wanted, venue_id):
    """When a venue is open on these days, and why; of public venues for everybody."""
    venue = venues.seen(g.db, venue_id, asker())
    return {"items": hours.openings(g.db, [venue.id], *days(**wanted))[venue.id]}


@bp.get("/venues/<uuid:venue_id>/free")
@needs(PERSON)
@bp.arguments(schemas.DaysWanted, location="query")
@bp.response(200, schemas.FreeDays)
def get_free(wanted, venue_id):
    """What of these days can still be booked."""
    venue = venues.seen(g.db, venue_id, asker())
    seen = picture.load(g.db, [venue.id], *days(**wanted))
    return {"items": [{"on": on, "spans": seen.free(venue.id, on)} for on in seen.days]}


@bp.get("/venues/<uuid:venue_id>/closures")
@needs(PERSON)
@bp.response(200, schemas.Closures)
def list_closures(venue_id):
    """Closures in force or to come."""
    venue = venues.seen(g.db, venue_id, asker())
    return {"items": closures.counted(g.db, closures.in_force(g.db, venue.id))}


@bp.post("/venues/<uuid:venue_id>/closures")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.NewClosure)
@bp.response(201, schemas.Closure)
def post_closure(facts, venue_id):
    """Close a venue for a while: bookings in that time are suspended, and whoever made them is told why."""
    venue = venues.run_by(g.db, venue_id, asker())
    since = facts.pop("since") or now()
    closure = closures.close(g.db, venue, since=since, by=asker().name, **facts)
    note("closed", venue, kind=closure.kind)
    return closures.counted(g.db, [closure])[0]


@bp.delete("/closures/<uuid:closure_id>")
@needs("clerk", "liaison")
@bp.response(204)
def delete_closure(closure_id):
    """Open a venue again: what is still to come of its bookings holds as before, and their people are told."""
    closure = find(g.db, VenueClosure, closure_id)
    venue = venues.run_by(g.db, closure.venue_id, asker())
    closures.reopen(g.db, closure.id)
    note("opened", venue)


def _hours(venue: Venue) -> dict:
    return timetables.of(g.db, tag(venue)) | {"outside": outside.outside(g.db, venue)}


def _row(rule: dict) -> dict:
    """A rule as it is kept."""
    season, note = rule["season"] or {}, rule["note"] or {}
    return {
        "season_from": season.get("season_from"),
        "season_until": season.get("season_until"),
        "weekdays": sorted(set(rule["weekdays"])),
        "on_days": rule["on"],
        "opens": rule["opens"],
        "closes": rule["closes"],
        "note": note.get("code"),
        "note_from": note.get("begin"),
    }
