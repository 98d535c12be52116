"""Series: what comes again."""

from types import SimpleNamespace

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.events.domain import scope
from services.events.domain.series import life, making, standing
from services.events.domain.series.dates import check_seasons, occurrences
from services.events.models import Series, Unit
from services.events.routes.asking import asker, me
from services.events.schemas import activities as words
from services.events.schemas import series as schemas
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("series", __name__, description="Activities that come again")

#: Days that a preview shows.
SHOWN = 60


@bp.get("/series")
@needs(PERSON, scope="activities:read")
@bp.arguments(schemas.SeriesQuery, location="query")
@bp.response(200, paged(schemas.Series))
def list_series(wanted):
    """Series by their title: published ones, one's own unit's in any state, for clerks all."""
    query = select(Series).where(scope.visible(asker(), Series)).options(selectinload(Series.unit))
    if unit := wanted.pop("unit", None):
        query = query.where(Series.unit_id.in_(select(Unit.unit_id).where(Unit.code == unit)))
    if wanted.pop("mine"):
        query = query.where(Series.id.in_(standing.held_by(me())))
    if state := wanted.pop("state", None):
        query = query.where(Series.state == state)
    found = page(g.db, query, [Series.title, Series.id], **wanted)
    return found | {"items": _told(found["items"])}


@bp.post("/series")
@needs("clerk", "liaison", scope="activities:write")
@once
@bp.arguments(schemas.SeriesPosting)
@bp.response(201, schemas.Series)
def post_series(posting):
    """Post a series of one's unit: a draft, or with `submit` on its way to be published."""
    who = asker()
    unit, submit_it = scope.unit_of(g.db, who, posting.pop("unit")), posting.pop("submit")
    facts = {"reach": who.reaches[0], "posted_by": who.name, "submit_it": submit_it}
    return _noted("posted", life.post(g.db, unit, **facts, **posting))


@bp.post("/series/preview")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.Rhythm)
@bp.response(200, schemas.Preview)
def preview_series(rhythm):
    """The days on which a series would take place, and why it would not on others."""
    plan = SimpleNamespace(**rhythm)
    check_seasons(plan.seasons)
    found = occurrences(g.db, plan, plan.starts_on, plan.ends_on or plan.starts_on + making.AHEAD)
    return {"items": found[:SHOWN], "count": sum(one.why is None for one in found)}


@bp.get("/series/<uuid:series_id>")
@needs(PERSON, scope="activities:read")
@bp.response(200, schemas.Series)
def get_series(series_id):
    """One series, and what comes next."""
    return _shown(scope.seen(g.db, series_id, asker(), of=Series))


@bp.put("/series/<uuid:series_id>")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.SeriesEdit)
@bp.response(200, schemas.Series)
@bp.doc(parameters=[IF_MATCH])
def put_series(plan, series_id):
    """Change a series; what is to come follows, and whoever counts on it is told."""
    return _noted("changed", life.edit(g.db, _to_change(series_id).id, **plan))


@bp.post("/series/<uuid:series_id>/submit")
@needs("clerk", "liaison", scope="activities:write")
@bp.response(200, schemas.Series)
@bp.doc(parameters=[IF_MATCH])
def submit_series(series_id):
    """Ask a clerk to publish it; a unit that needs no approval publishes at once."""
    return _noted("submitted", life.submit(g.db, _to_change(series_id).id))


@bp.post("/series/<uuid:series_id>/publish")
@needs("clerk")
@bp.response(200, schemas.Series)
@bp.doc(parameters=[IF_MATCH])
def publish_series(series_id):
    """Publish what a unit submitted, with all that is to come."""
    return _noted("published", life.approve(g.db, _to_change(series_id).id))


@bp.post("/series/<uuid:series_id>/send-back")
@needs("clerk")
@bp.arguments(words.Reason)
@bp.response(200, schemas.Series)
@bp.doc(parameters=[IF_MATCH])
def send_back_series(why, series_id):
    """Let the unit change something first."""
    return _noted("sent_back", life.send_back(g.db, _to_change(series_id).id, **why))


@bp.post("/series/<uuid:series_id>/end")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.Ending)
@bp.response(200, schemas.Series)
@bp.doc(parameters=[IF_MATCH])
def end_series(ending, series_id):
    """Let it not go on after a day; whoever counts on it is told why."""
    return _noted("ended", life.end(g.db, _to_change(series_id).id, **ending))


def _to_change(series_id) -> Series:
    return match(scope.own(g.db, series_id, asker(), of=Series, lock=True))


def _noted(done: str, series: Series) -> Series:
    unit_id = series.unit_id if series.unit_id in actor().units() else None
    record(g.db, f"events.series_{done}", "series", series.id, on_behalf_of=unit_id, state=series.state)
    return _shown(series)


def _shown(series: Series) -> Series:
    _told([series])
    return tag(series)


def _told(series: list[Series]) -> list[Series]:
    """With what comes next, and whether whoever asks has a standing place."""
    making.with_next(g.db, series)
    return standing.marked(g.db, series, actor().person_id)
