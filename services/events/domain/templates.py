"""Plans that a unit uses again and again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.scope import Asker
from services.events.models import Template, Unit
from shared.db import find
from shared.errors import Invalid, NotFound

#: What a template may hold.
PLAN = ("title", "summary", "kind", "form", "place", "capacity", "audience", "sign_up")


def of(db: Session, asker: Asker) -> Sequence[Template]:
    """Those of the units that they act for; for clerks all."""
    found = select(Template) if asker.clerk else select(Template).where(Template.unit_id.in_(asker.units))
    return db.scalars(found.order_by(Template.name, Template.id).limit(200)).all()


def seen(db: Session, template_id: UUID, asker: Asker) -> Template:
    template = find(db, Template, template_id)
    if not asker.clerk and template.unit_id not in asker.units:
        raise NotFound
    return template


def keep(db: Session, unit: Unit, *, name: str, plan: dict[str, Any]) -> Template:
    """Keep a plan under a name."""
    template = Template(unit_id=unit.unit_id, name=name, plan=_tidy(plan))
    db.add(template)
    db.flush()
    return template


def change(db: Session, template: Template, *, name: str, plan: dict[str, Any]) -> Template:
    template.name, template.plan = name, _tidy(plan)
    db.flush()
    return template


def _tidy(plan: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(plan.keys() - set(PLAN)):
        raise Invalid(errors={f"plan.{name}": ["unknown_field"] for name in unknown})
    return plan
