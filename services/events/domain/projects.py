"""Projects: what those do who took on a need, step by step, or what a unit does by itself."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.lists import expect
from services.events.domain.scope import Asker
from services.events.models import Claim, Need, Partner, Project, Unit
from shared.db import find, locked
from shared.errors import Forbidden

#: What a need's state makes of its project.
FOLLOWS = {"met": "done", "closed": "confirmed", "withdrawn": "dropped"}


def begin(db: Session, *, unit_id: UUID, title: str, steps: list[dict[str, Any]]) -> Project:
    """Something that a unit does without a need from the list."""
    project = Project(unit_id=unit_id, title=title, steps=steps)
    db.add(project)
    db.flush()
    return project


def follow(db: Session, need: Need) -> None:
    """Let a need's project be in the state that the need's claims give it; the first claim begins it."""
    claimed = db.scalars(select(Claim.state).where(Claim.need_id == need.id, Claim.state.in_(("open", "delivered"))))
    states = set(claimed)
    project = db.scalars(select(Project).where(Project.need_id == need.id)).one_or_none()
    if project is None:
        if not states:
            return
        project = Project(need_id=need.id, title=need.title, steps=[], state="planned")
        db.add(project)
    project.state = FOLLOWS.get(need.state) or _meanwhile(project, states)
    db.flush()


def edit(db: Session, project_id: UUID, *, title: str, steps: list[dict[str, Any]], state: str | None) -> Project:
    """Change the steps. A project with a need ends with the need; one without, when its unit says so."""
    project = locked(db, Project, project_id)
    expect(project, "planned", "running")
    project.title, project.steps = title, steps
    done = [step["done"] for step in steps]
    if any(done):
        project.state = "running"
    if state and project.need_id is None:
        project.state = state
    db.flush()
    return project


def own(db: Session, project_id: UUID, asker: Asker) -> Project:
    """The project, if they take part in it."""
    project = find(db, Project, project_id)
    with_units(db, [project])
    units = {unit.unit_id for unit in project.units}
    if not (asker.clerk or units & asker.units or _is_their_claim(db, project, asker)):
        raise Forbidden
    return project


def with_units(db: Session, projects: Iterable[Project]) -> list[Project]:
    """Write on each project which units take part: two queries for all."""
    rows = list(projects)
    needs = {project.need_id for project in rows if project.need_id}
    held = Claim.need_id.in_(needs) & Claim.state.in_(("open", "delivered", "confirmed"))
    claiming = select(Claim.need_id, Claim.unit_id).where(held, Claim.unit_id.is_not(None))
    joining = select(Claim.need_id, Partner.unit_id).join(Partner, Partner.claim_id == Claim.id)
    pairs = db.execute(claiming.union(joining.where(held, Partner.agrees.is_(True)))).all() if needs else []
    units = {project.unit_id for project in rows} | {unit_id for _, unit_id in pairs}
    known = {unit.unit_id: unit for unit in db.scalars(select(Unit).where(Unit.unit_id.in_(units)))}
    for project in rows:
        ids = {unit_id for need_id, unit_id in pairs if need_id == project.need_id} | {project.unit_id}
        project.units = tuple(sorted((known[i] for i in ids if i in known), key=lambda unit: unit.code))
    return rows


def _meanwhile(project: Project, states: set[str]) -> str:
    if not states:
        return "planned"
    running = project.state == "running" or "delivered" in states or any(step["done"] for step in project.steps)
    return "running" if running else "planned"


def _is_their_claim(db: Session, project: Project, asker: Asker) -> bool:
    if not (project.need_id and asker.person_id):
        return False
    theirs = select(Claim.id).where(Claim.need_id == project.need_id, Claim.person_id == asker.person_id)
    return db.scalar(theirs.where(Claim.state != "withdrawn").limit(1)) is not None
