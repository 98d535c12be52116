"""Weather over HTTP."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain import weather
from services.patrol.models import WeatherMode
from services.patrol.routes.asking import reader
from services.patrol.schemas import weather as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.idempotency import once
from shared.page import PageQuery, page, paged

bp = Blueprint("weather", __name__, description="Weather for which patrols stay at home and venues close or open")


@bp.get("/weather")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Weather))
def list_weather(asked):
    """Weather that is on or was, the newest first."""
    found = page(g.db, select(WeatherMode), [WeatherMode.id], newest_first=True, **asked)
    counts = weather.how_many(g.db, found["items"])
    return found | {"items": [_shown(mode, counts.get(mode.id, 0)) for mode in found["items"]]}


@bp.get("/weather/effects")
@needs("duty")
@bp.arguments(schemas.EffectsQuery, location="query")
@bp.response(200, schemas.Effects)
def show_effects(asked):
    """Which shifts would be paused, before anybody switches it on."""
    return weather.effects(g.db, **asked)


@bp.post("/weather")
@needs("duty")
@once
@bp.arguments(schemas.NewWeather)
@bp.response(201, schemas.Weather)
def switch_on(facts):
    """Switch it on: outdoor shifts are paused, venues close and open, everybody is told what to do."""
    mode = weather.switch_on(g.db, reader(), **facts)
    record(g.db, "patrol.weather_on", "weather", mode.id, weather=mode.weather)
    return _counted(mode)


@bp.put("/weather/<uuid:weather_id>/off")
@needs("duty")
@bp.response(200, schemas.Weather)
def switch_off(weather_id):
    """Switch it off: what it took comes back, and nothing else. Off twice is off."""
    mode = weather.switch_off(g.db, weather_id, by=reader().person_id)
    record(g.db, "patrol.weather_off", "weather", weather_id, weather=mode.weather)
    return _counted(mode)


@bp.get("/weather/<uuid:weather_id>/shifts")
@needs("duty")
@bp.response(200, schemas.Taken)
def list_taken(weather_id):
    """The shifts that it took; when it is over, those that could not come back by themselves."""
    return {"items": weather.taken_by(g.db, weather_id)}


def _counted(mode):
    return _shown(mode, weather.how_many(g.db, [mode]).get(mode.id, 0))


def _shown(mode, paused):
    columns = ("id", "weather", "level", "words", "since", "until", "state", "ended_at", "version")
    return {name: getattr(mode, name) for name in columns} | {"paused": paused}
