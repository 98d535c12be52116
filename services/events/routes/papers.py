"""Papers for the notice board: an activity's poster, and the plan of a week. Both lead back by a QR code."""

from datetime import date, timedelta

import segno
from flask import Response, g, render_template, url_for
from flask_smorest import Blueprint
from sqlalchemy import select

from services.events.domain import hours, scope, whats_on
from services.events.domain.whats_on import Wanted
from services.events.models import Activity, Label, Unit, Venue
from services.events.routes import open_words, screen_words
from services.events.routes.asking import asker
from services.events.routes.keeping import FOR_MINUTES, kept
from services.events.schemas import whats_on as schemas
from shared import headers
from shared.auth import PERSON, PUBLIC, needs
from shared.config import config

bp = Blueprint("papers", __name__, description="Papers for the notice board", template_folder="../paper")

PAPER = {"schema": {"type": "string"}, "content_type": "text/html"}
STYLES = ("papers", "landscape", "slips", "loan_slip")


@bp.get("/activities/<uuid:activity_id>/poster")
@needs(PERSON)
@bp.response(200, **PAPER)
def get_poster(activity_id):
    """A poster of an activity, to print on A4."""
    activity = scope.seen(g.db, activity_id, asker())
    venue = whats_on.venue_of(g.db, activity)
    return _paper("poster.html", _address(activity), activity=activity, venue=venue)


@bp.get("/public/week/paper")
@needs(PUBLIC)
@bp.arguments(schemas.WeekOnPaper, location="query")
@bp.response(200, **PAPER)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_week_plan(asked):
    """What is on and open in a week, to print on A4; without a day of the week that begins next."""
    wanted = Wanted(place=asked["place"], unit=asked["unit"], venue=asked["venue"])
    first = asked["begin"] or _next_monday(hours.today())
    facts = {"form": asked["form"], "of": _named(wanted), "days": whats_on.week(g.db, first, wanted)}
    landscape = url_for("papers.get_style", name="landscape")
    return kept(_paper("week_plan.html", f"{config().public_url}/week", landscape=landscape, **facts))


@bp.get("/public/papers/<string:name>.css")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/css")
def get_style(name):
    """How these papers look."""
    chosen = name if name in STYLES else STYLES[0]
    return kept(Response(render_template(f"{chosen}.css"), content_type="text/css; charset=utf-8"), FOR_MINUTES)


def _paper(template: str, address: str, **facts) -> Response:
    code = segno.make_qr(address, error="m").svg_inline(omitsize=True)
    style, printed = url_for("papers.get_style", name="papers"), open_words.day(hours.today(), "zh")
    said = {"say": open_words, "screen": screen_words, "w": open_words.WORDS["zh"], "merged": hours.merged}
    page = render_template(template, code=code, style=style, printed=printed, **said, **facts)
    return Response(page, content_type="text/html; charset=utf-8", headers=headers.of_written())


def _address(activity: Activity) -> str:
    """Where its code leads: to the page for everybody, or to the one for members."""
    everybody = activity.reach == "all" and activity.audience.get("everyone")
    return f"{config().public_url}/{'come' if everybody else 'activities'}/{activity.id}"


def _next_monday(today: date) -> date:
    return today + timedelta(days=-today.weekday() % 7)


def _named(wanted: Wanted) -> str | None:
    """What the plan is of, by name."""
    names = (
        (wanted.unit, select(Unit.name).where(Unit.code == wanted.unit)),
        (wanted.venue, select(Venue.name).where(Venue.code == wanted.venue, Venue.public)),
        (wanted.place, select(Label.name).where(Label.kind == "place", Label.code == wanted.place)),
    )
    found = [g.db.scalar(query) for code, query in names if code]
    return " · ".join(name for name in found if name) or None
