"""What weather does to venues."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import weather
from services.events.schemas import weather as schemas
from shared.auth import needs

bp = Blueprint("weather", __name__, description="What weather does to venues")


@bp.get("/weather/effects")
@needs("duty")
@bp.arguments(schemas.WeatherQuery, location="query")
@bp.response(200, schemas.WeatherEffects)
def show_effects(asked):
    """Which venues would close and which would open, before anybody switches it on."""
    return weather.effects(g.db, **asked)
