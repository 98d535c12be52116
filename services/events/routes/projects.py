"""The list of projects."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.events.domain import projects
from services.events.domain.scope import unit_of
from services.events.models import Project
from services.events.routes.asking import asker
from services.events.routes.listing import noted
from services.events.schemas import claims as schemas
from shared.auth import PERSON, needs
from shared.db import find
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("projects", __name__, description="What is being done")


@bp.get("/projects")
@needs(PERSON)
@bp.arguments(schemas.ProjectQuery, location="query")
@bp.response(200, paged(schemas.Project))
def list_projects(wanted):
    """Projects, the newest first."""
    cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
    query = select(Project)
    if "state" in wanted:
        query = query.where(Project.state == wanted["state"])
    if "need" in wanted:
        query = query.where(Project.need_id == wanted["need"])
    found = page(g.db, query, [Project.id], cursor=cursor, limit=limit, newest_first=True)
    return found | {"items": projects.with_units(g.db, found["items"])}


@bp.post("/projects")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.ProjectPosting)
@bp.response(201, schemas.Project)
def post_project(words):
    """Begin something without a need from the list."""
    unit = unit_of(g.db, asker(), words.pop("unit"))
    return _answered("begun", projects.begin(g.db, unit_id=unit.unit_id, **words))


@bp.get("/projects/<uuid:project_id>")
@needs(PERSON)
@bp.response(200, schemas.Project)
def get_project(project_id):
    """One project."""
    return _shown(find(g.db, Project, project_id))


@bp.put("/projects/<uuid:project_id>")
@needs(PERSON)
@bp.arguments(schemas.ProjectEdit)
@bp.response(200, schemas.Project)
@bp.doc(parameters=[IF_MATCH])
def put_project(words, project_id):
    """Change the steps of a project in which one takes part."""
    project = match(projects.own(g.db, project_id, asker()))
    return _answered("changed", projects.edit(g.db, project.id, **words))


def _answered(done: str, project: Project) -> Project:
    noted(done, project, "project")
    return _shown(project)


def _shown(project: Project) -> Project:
    projects.with_units(g.db, [project])
    return tag(project)
