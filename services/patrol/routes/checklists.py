"""Checklists over HTTP, and what was checked."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.patrol.domain.way import checklists
from services.patrol.models import Check, Shift
from services.patrol.routes.asking import reader
from services.patrol.schemas import checklists as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("checklists", __name__, description="What is looked at where, in versions")

#: What is told of a check, fetched at once.
WHOLE = (joinedload(Check.shift).joinedload(Shift.squad), joinedload(Check.checkpoint), joinedload(Check.checklist))


@bp.get("/checklists")
@needs(PERSON)
@bp.response(200, schemas.Checklists)
def list_checklists():
    """The checklists, each in its last version."""
    return {"items": g.db.scalars(checklists.newest()).all()}


@bp.get("/checklists/<code>")
@needs(PERSON)
@bp.response(200, schemas.Checklist)
def checklist(code):
    """A checklist in its last version."""
    return tag(checklists.find(g.db, code))


@bp.put("/checklists/<code>")
@needs("clerk")
@bp.doc(
    parameters=[IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}]
)
@bp.arguments(schemas.Checklist)
@bp.response(200, schemas.Checklist)
def put_checklist(facts, code):
    """Make a checklist, or its next version: what was checked by an old one stays as it was."""
    if known := checklists.last(g.db, code):
        match(known)
    made = checklists.put(g.db, code, by=reader().person_id, **facts)
    record(g.db, "patrol.checklist_changed" if known else "patrol.checklist_added", "checklist", made.id)
    return tag(made)


@bp.get("/checks")
@needs("duty")
@bp.arguments(schemas.CheckQuery, location="query")
@bp.response(200, paged(schemas.Check))
def checks(asked):
    """What was checked, the newest first."""
    wanted = [Check.failed != []] if asked.pop("failed") else []
    if checkpoint := asked.pop("checkpoint"):
        wanted.append(Check.checkpoint_id == checkpoint)
    return page(
        g.db, select(Check).where(*wanted).options(*WHOLE), [Check.happened_at, Check.id], newest_first=True, **asked
    )
