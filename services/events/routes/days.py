"""Which days are holidays, and which weekends are worked."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import days
from services.events.schemas import series as schemas
from shared.audit import record
from shared.auth import PERSON, needs

bp = Blueprint("days", __name__, description="Holidays and make-up working days")


@bp.get("/days")
@needs(PERSON, scope="activities:read")
@bp.arguments(schemas.DaysQuery, location="query")
@bp.response(200, schemas.Days)
def list_days(wanted):
    """The days of a year that are not what their weekday says."""
    return {"items": days.of_year(g.db, wanted["year"])}


@bp.put("/days")
@needs("clerk")
@bp.arguments(schemas.Day)
@bp.response(200, schemas.Day)
def put_day(said):
    """Put right what a day is, whatever the calendar says."""
    day = days.correct(g.db, said.pop("on"), **said)
    record(g.db, "events.day_corrected", "day", year=day.on.year, month=day.on.month, day=day.on.day, kind=day.kind)
    return day
