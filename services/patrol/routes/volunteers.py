"""Volunteers over HTTP: what they say of themselves, and what the clerk knows of training and insurance."""

from flask import g
from flask_smorest import Blueprint

from services.patrol.domain import volunteers
from services.patrol.models import Person, Volunteer
from services.patrol.routes.asking import reader
from services.patrol.schemas import volunteers as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("volunteers", __name__, description="Who may be on the roster, and what they told of themselves")

#: Of whom nothing is known yet.
UNKNOWN = Volunteer(free=[], max_a_week=2, min_rest_hours=10)


@bp.get("/me/volunteer")
@needs(PERSON)
@bp.response(200, schemas.MyVolunteer)
def get_my_statement():
    """What one said of oneself: free times, how often, limits; and until when one is trained and insured."""
    return volunteers.of_person(g.db, reader().person_id) or UNKNOWN


@bp.put("/me/volunteer")
@needs(PERSON)
@bp.arguments(schemas.Statement)
@bp.response(200, schemas.MyVolunteer)
def put_my_statement(said):
    """Say when one is free, how often, and what one would rather not do; again: say it anew."""
    said.pop("consent")
    limits = said.pop("limits") or {}
    return volunteers.state(g.db, reader().person_id, limits=limits if any(limits.values()) else None, **said)


@bp.delete("/me/volunteer")
@needs(PERSON)
@bp.response(204)
def delete_my_statement():
    """Take back what one said of oneself. Training and insurance stay known."""
    volunteers.take_back(g.db, reader().person_id)


@bp.get("/volunteers")
@needs("clerk")
@bp.arguments(schemas.VolunteerQuery, location="query")
@bp.response(200, paged(schemas.Volunteer))
def list_volunteers(asked):
    """Members of squads, and until when they are trained and insured."""
    query = volunteers.on_squads(squad=asked.pop("squad"), only_due=asked.pop("due"))
    found = page(g.db, query, [Person.name, Person.person_id], **asked)
    return found | {"items": volunteers.described(g.db, found["items"])}


@bp.get("/volunteers/<uuid:person_id>")
@needs("clerk")
@bp.response(200, schemas.Volunteer)
def get_volunteer(person_id):
    """Until when somebody is trained and insured."""
    person = volunteers.seen(g.db, person_id)
    if known := g.db.get(Volunteer, person_id):
        tag(known)
    return volunteers.described(g.db, [person])[0]


@bp.put("/volunteers/<uuid:person_id>")
@needs("clerk")
@bp.doc(
    parameters=[IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}]
)
@bp.arguments(schemas.Certificate)
@bp.response(200, schemas.Volunteer)
def put_volunteer(facts, person_id):
    """Note until when somebody is trained and insured. Off the shifts after that they are taken, and told."""
    if known := g.db.get(Volunteer, person_id):
        match(known)
    row = tag(volunteers.certify(g.db, person_id, **facts))
    record(g.db, "patrol.volunteer_certified", "person", row.person_id)
    return volunteers.described(g.db, [volunteers.seen(g.db, person_id)])[0]
