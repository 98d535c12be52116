"""Sign-in sheets: to print, and to type in afterwards."""

import segno
from flask import Response, g, render_template
from flask_smorest import Blueprint

from services.events.domain.attendance import sheets
from services.events.domain.series.dates import HERE
from services.events.models import Activity, Sheet
from services.events.routes.asking import me
from services.events.routes.attendance import to_take
from services.events.schemas import attendance as schemas
from shared.auth import PERSON, PUBLIC, needs
from shared.config import config
from shared.db import find
from shared.idempotency import once

bp = Blueprint(
    "sheets", __name__, description="Sign-in sheets on paper", template_folder="../paper", static_folder=None
)

#: The sheet runs no script, and takes its dress from here only.
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"


@bp.post("/activities/<uuid:activity_id>/sheets")
@needs(PERSON)
@once
@bp.response(201, schemas.Sheet)
def post_sheet(activity_id):
    """A sheet of those who go as of now, with some blank rows."""
    return _shown(sheets.make(g.db, to_take(activity_id).id))


@bp.get("/sheets/<int:number>")
@needs(PERSON)
@bp.response(200, schemas.Sheet)
def get_sheet(number):
    """A sheet by the number that stands on it, with who was there by now."""
    return _shown(_to_take(number))


@bp.post("/sheets/<int:number>/rows")
@needs(PERSON)
@bp.arguments(schemas.Typed)
@bp.response(200, schemas.Sheet)
def post_rows(typed, number):
    """Type in what stands on the paper: all rows, or none if one cannot be. Typed twice is once."""
    return _shown(sheets.enter(g.db, _to_take(number).id, typed["rows"], by=me()))


@bp.get("/sheets/<int:number>/paper")
@needs(PERSON)
@bp.response(200, {"type": "string"}, content_type="text/html")
def get_paper(number):
    """The sheet, to print."""
    sheet = _to_take(number)
    rows = [(row, _code(f"{number}.{row.n}.{row.check}")) for row in sheets.rows(g.db, sheet)]
    activity = find(g.db, Activity, sheet.activity_id)
    when = f"{activity.starts_at.astimezone(HERE):%Y-%m-%d %H:%M}"
    facts = {"activity": activity, "when": when, "sheet": sheet, "rows": rows}
    page = render_template("sign_in_sheet.html", code=_code(f"{config().public_url}/desk/sheets/{number}"), **facts)
    headers = {"Content-Security-Policy": POLICY}
    return Response(page, content_type="text/html; charset=utf-8", headers=headers)


@bp.get("/sheets/sign-in-sheet.css")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/css")
def get_dress():
    """How sign-in sheets look on paper."""
    return Response(render_template("sign_in_sheet.css"), content_type="text/css; charset=utf-8")


def _to_take(number: int) -> Sheet:
    sheet = sheets.numbered(g.db, number)
    to_take(sheet.activity_id)
    return sheet


def _shown(sheet: Sheet) -> dict:
    facts = {name: getattr(sheet, name) for name in ("number", "activity_id", "printed_at")}
    paper = f"{config().public_url}/api/events/sheets/{sheet.number}/paper"
    return facts | {"paper": paper, "rows": sheets.rows(g.db, sheet)}


def _code(text: str) -> str:
    return segno.make_qr(text, error="m").svg_inline(omitsize=True)
