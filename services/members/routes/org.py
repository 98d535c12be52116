"""Units, the organisation tree, places, groups and skills: what everybody who is signed in may know."""

from flask import g
from flask_smorest import Blueprint

from services.members.domain import org, tallies, units
from services.members.models import Unit
from services.members.schemas.org import Counted, Node, OrgQuery, PlaceOut, UnitChange, UnitOut
from shared.audit import record
from shared.auth import PERSON, needs
from shared.db import find, locked
from shared.web import IF_MATCH, match, tag

bp = Blueprint("org", __name__, description="Units, the organisation tree, places, groups and skills")


@bp.get("/units")
@needs(PERSON, scope="activities:read")
@bp.response(200, UnitOut(many=True))
def all_units():
    """The member units, with how many members are at home there."""
    return [_counted(unit, count) for unit, count in units.with_counts(g.db)]


@bp.get("/units/<uuid:unit_id>")
@needs(PERSON, scope="activities:read")
@bp.response(200, UnitOut)
def one_unit(unit_id):
    """A member unit."""
    unit = tag(find(g.db, Unit, unit_id))
    return _counted(unit, tallies.of_unit(g.db, unit_id))


@bp.patch("/units/<uuid:unit_id>")
@needs("clerk")
@bp.arguments(UnitChange)
@bp.response(200, UnitOut)
@bp.doc(parameters=[IF_MATCH])
def change_unit(change, unit_id):
    """Rename a unit, or let its activities be published without a clerk."""
    unit = match(locked(g.db, Unit, unit_id))
    units.change(g.db, unit, **change)
    record(g.db, "members.unit_changed", "unit", unit_id, fields=list(change))
    return _counted(tag(unit), tallies.of_unit(g.db, unit_id))


@bp.get("/org")
@needs(PERSON)
@bp.arguments(OrgQuery, location="query")
@bp.response(200, Node(many=True))
def tree(asked):
    """One line of the organisation tree, as it is today or on any other day."""
    return org.tree(g.db, asked["line"], asked["as_of"])


@bp.get("/places")
@needs(PERSON, scope="activities:read")
@bp.response(200, PlaceOut(many=True))
def all_places():
    """Compounds, buildings and entrances."""
    return org.places(g.db)


@bp.get("/groups")
@needs(PERSON, scope="activities:read")
@bp.response(200, Counted(many=True))
def all_groups():
    """The groups that an audience can name, with how many members they have."""
    return org.groups(g.db)


@bp.get("/skills")
@needs(PERSON, scope="activities:read")
@bp.response(200, Counted(many=True))
def all_skills():
    """The skills that members declare, with how many did."""
    return org.skills(g.db)


def _counted(unit, count):
    return {
        **{name: getattr(unit, name) for name in ("id", "code", "name", "kind", "needs_approval", "version")},
        "members_count": count,
    }
