"""Workbooks in and out."""

from datetime import date
from urllib.parse import quote

from flask import Response, g, request
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import defer

from services.members.domain import imports, register, workbook
from services.members.domain.days import today
from services.members.models import ImportBatch
from services.members.routes.me import myself
from services.members.schemas.imports import ImportItem, ImportOut, WorkbookIn
from shared.audit import record
from shared.auth import actor, needs
from shared.db import find
from shared.errors import TooLarge
from shared.idempotency import HEADER, IdempotencyKeyRequired, IdempotencyKeyReused
from shared.page import PageQuery, page, paged
from shared.web import describe

bp = Blueprint("imports", __name__, description="The register as an Excel workbook: in with a dry run, out, and undone")

#: What a form adds to the file that it carries.
WRAPPING = 64 * 1024

#: Not marked @once: a browser wraps the same file differently each time. The file's own hash is compared.
KEY = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"},
    "description": "Chosen by the client; the same file sent again with it is the same import",
}
WORKBOOK = {
    "description": "The workbook",
    "content": {workbook.TYPE: {"schema": {"type": "string", "format": "binary"}}},
}


@bp.url_value_preprocessor
def take_a_large_body(endpoint, values) -> None:
    """A workbook may be larger than other requests. Flask calls this before anything looks at the body."""
    if request.method == "POST" and request.path == "/imports":
        request.max_content_length = imports.LIMIT + WRAPPING


@bp.errorhandler(413)
def too_large(error) -> Response:
    return describe(TooLarge(max=imports.LIMIT))


@bp.post("/imports")
@needs("clerk")
@bp.arguments(WorkbookIn, location="files")
@bp.response(201, ImportOut)
@bp.doc(parameters=[KEY])
def upload_a_workbook(form):
    """Upload a workbook; it is checked, and nothing is changed yet."""
    content = form["file"].read(imports.LIMIT + 1)
    if len(content) > imports.LIMIT:
        raise TooLarge(max=imports.LIMIT)
    key = request.headers.get(HEADER, "")
    if not 8 <= len(key) <= 128:
        raise IdempotencyKeyRequired
    batch = imports.upload(
        g.db,
        filename=form["file"].filename or "?",
        content=content,
        request_key=key,
        by=myself(),
        by_name=actor().name,
    )
    if batch.digest != imports.digest(content):
        raise IdempotencyKeyReused
    return batch


@bp.get("/imports")
@needs("clerk")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(ImportItem))
def all_imports(asked):
    """The imports, the newest first."""
    query = select(ImportBatch).options(defer(ImportBatch.errors))
    return page(g.db, query, [ImportBatch.id], **asked, newest_first=True)


@bp.get("/imports/template.xlsx")
@needs("clerk")
@bp.response(200)
@bp.doc(responses={"200": WORKBOOK})
def template():
    """An empty workbook that explains its columns."""
    return _download(workbook.written({}), "联合党委名册模板.xlsx")


@bp.get("/imports/<uuid:import_id>")
@needs("clerk")
@bp.response(200, ImportOut)
def one_import(import_id):
    """An import, how far it is, and what is wrong with it."""
    return find(g.db, ImportBatch, import_id)


@bp.post("/imports/<uuid:import_id>/apply")
@needs("clerk")
@bp.response(202, ImportOut)
def apply_an_import(import_id):
    """Apply a workbook that was checked: all of it or nothing."""
    batch = imports.approve(g.db, import_id)
    record(g.db, "members.import_approved", "import", import_id)
    return batch


@bp.post("/imports/<uuid:import_id>/stop")
@needs("clerk")
@bp.response(200, ImportOut)
def stop_an_import(import_id):
    """Stop checking or applying; nothing is left behind."""
    return imports.stop(g.db, import_id)


@bp.post("/imports/<uuid:import_id>/undo")
@needs("clerk")
@bp.response(200, ImportOut)
def undo_an_import(import_id):
    """Put back everything that an import changed, unless somebody has changed it since."""
    batch = imports.undo(g.db, import_id)
    record(g.db, "members.import_undone", "import", import_id)
    return batch


@bp.get("/export.xlsx")
@needs("clerk")
@bp.response(200)
@bp.doc(responses={"200": WORKBOOK})
def export():
    """The whole register as a workbook that can be imported again."""
    record(g.db, "members.register_exported", "register")
    return _download(workbook.written(register.load(g.db).records()), f"联合党委名册{_stamp(today())}.xlsx")


def _stamp(day: date) -> str:
    return day.strftime("%Y%m%d")


def _download(content: bytes, name: str) -> Response:
    response = Response(content, content_type=workbook.TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
