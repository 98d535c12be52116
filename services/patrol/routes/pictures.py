"""Pictures over HTTP: of places, kinds and hours, never of people."""

from flask import g
from flask_smorest import Blueprint

from services.patrol.domain.pictures import cases, coverage, drills
from services.patrol.schemas import pictures as schemas
from shared.auth import needs
from shared.page import page, paged

bp = Blueprint("pictures", __name__, description="What happened, in pictures")


@bp.get("/pictures/coverage")
@needs("duty")
@bp.arguments(schemas.Span, location="query")
@bp.response(200, schemas.Coverage)
def show_coverage(span):
    """How many planned visits were made, by hour and weekday and by checkpoint; what was left out stands apart."""
    return coverage.show(g.db, **span)


@bp.get("/pictures/visits")
@needs("duty")
@bp.arguments(schemas.VisitQuery, location="query")
@bp.response(200, paged(schemas.Visit))
def list_visits(asked):
    """The planned visits behind a number of the picture of coverage, the latest first."""
    paging = {name: asked.pop(name) for name in ("cursor", "limit")}
    found, keys = coverage.visits(**asked)
    rows = page(g.db, found, keys, **paging, newest_first=True)
    return rows | {"items": [dict(zip(coverage.VISIT, row, strict=True)) for row in rows["items"]]}


@bp.get("/pictures/cases")
@needs("duty")
@bp.arguments(schemas.Span, location="query")
@bp.response(200, schemas.CasePicture)
def show_cases(span):
    """Cases by kind, and the hours until they were fixed."""
    return cases.show(g.db, **span)


@bp.get("/pictures/drills")
@needs("duty")
@bp.arguments(schemas.Span, location="query")
@bp.response(200, schemas.DrillPicture)
def show_drills(span):
    """How fast drills were answered, each, all together and by ring."""
    return drills.show(g.db, **span)
