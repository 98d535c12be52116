"""Zones and checkpoints over HTTP, and their QR codes on paper."""

from io import BytesIO

import segno
from flask import Response, g, render_template
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain import checkpoints
from services.patrol.models import Checkpoint, Zone
from services.patrol.schemas import checkpoints as schemas
from shared.audit import record
from shared.auth import PERSON, PUBLIC, needs
from shared.config import config
from shared.db import find
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint(
    "checkpoints", __name__, description="Where squads check in", template_folder="../paper", static_folder=None
)

#: The sheet runs no script, and takes its dress from here only.
SHEET_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"


@bp.get("/zones")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Zone))
def zones(asked):
    """The compounds and zones that squads walk through."""
    return page(g.db, select(Zone).where(Zone.active), [Zone.code], **asked)


@bp.get("/checkpoints")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Checkpoint))
def list_checkpoints(asked):
    """All checkpoints."""
    return page(g.db, select(Checkpoint), [Checkpoint.number, Checkpoint.id], **asked)


@bp.get("/checkpoints/<uuid:checkpoint_id>")
@needs(PERSON)
@bp.response(200, schemas.Checkpoint)
def checkpoint(checkpoint_id):
    """One checkpoint."""
    return tag(find(g.db, Checkpoint, checkpoint_id))


@bp.put("/checkpoints/<uuid:checkpoint_id>")
@needs("clerk")
@bp.doc(
    parameters=[IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}]
)
@bp.arguments(schemas.Checkpoint)
@bp.response(200, schemas.Checkpoint)
def put_checkpoint(facts, checkpoint_id):
    """Add a checkpoint, or change it."""
    if known := g.db.get(Checkpoint, checkpoint_id):
        match(known)
    record(g.db, "patrol.checkpoint_changed" if known else "patrol.checkpoint_added", "checkpoint", checkpoint_id)
    return tag(checkpoints.put(g.db, checkpoint_id, **facts))


@bp.post("/checkpoints/<uuid:checkpoint_id>/renew-qr")
@needs("clerk")
@bp.response(200, schemas.Checkpoint)
def renew_qr(checkpoint_id):
    """Give a checkpoint a new QR code; the printed one says nothing any more."""
    record(g.db, "patrol.checkpoint_code_renewed", "checkpoint", checkpoint_id)
    return tag(checkpoints.renew(g.db, checkpoint_id))


@bp.get("/checkpoints/<uuid:checkpoint_id>/qr.svg")
@needs("duty")
@bp.response(200, {"type": "string"}, content_type="image/svg+xml")
def qr_code(checkpoint_id):
    """The QR code of a checkpoint, as an image."""
    image = BytesIO()
    _qr(find(g.db, Checkpoint, checkpoint_id)).save(image, kind="svg", scale=8)
    return Response(image.getvalue(), content_type="image/svg+xml")


@bp.get("/checkpoints/qr-sheet")
@needs("duty")
@bp.response(200, {"type": "string"}, content_type="text/html")
def qr_sheet():
    """All QR codes, to print and to put up."""
    rows = g.db.scalars(select(Checkpoint).where(Checkpoint.active).order_by(Checkpoint.number)).all()
    cards = [(row, _qr(row).svg_inline(scale=6, omitsize=True)) for row in rows]
    page = render_template("qr_sheet.html", cards=cards)
    headers = {"Content-Security-Policy": SHEET_POLICY}
    return Response(page, content_type="text/html; charset=utf-8", headers=headers)


@bp.get("/checkpoints/qr-sheet.css")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/css")
def qr_sheet_dress():
    """How the sheet of QR codes looks on paper."""
    return Response(render_template("qr_sheet.css"), content_type="text/css; charset=utf-8")


def _qr(checkpoint: Checkpoint) -> segno.QRCode:
    """Medium error correction: paper in the street gets dirty."""
    return segno.make_qr(f"{config().public_url}/p/{checkpoint.qr_token}", error="m")
