"""Whom an activity is for: codes that exist, and how many people they are."""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from services.events.models import Label, Person, Unit
from shared.audience import Audience, in_audience
from shared.errors import Invalid
from shared.schemas.fields import SKILLS

#: The kinds of labels that a part of an audience may name.
LABELS = {"zones": ("zone", "place"), "groups": ("group",)}

GUESTS = text("""
    SELECT count(DISTINCT person_id) FROM access.grants
    WHERE role = 'liaison' AND unit_id = :unit_id
      AND now() >= valid_from AND (valid_until IS NULL OR now() < valid_until)
""")


def tidy(audience: Audience) -> Audience:
    """The same audience, always written the same way."""
    return {part: sorted(set(codes)) if isinstance(codes, list) else codes for part, codes in audience.items()}


def unknown(db: Session, audience: Audience) -> dict[str, list]:
    """What is wrong with the codes in *audience*, by field."""
    errors = {}
    for part in ("units", "zones", "groups", "skills"):
        codes = set(audience.get(part, ()))
        if codes and (missing := codes - _known(db, part, codes)):
            errors[f"audience.{part}"] = [{"code": "unknown", "values": sorted(missing)}]
    return errors


def unknown_in_quotas(db: Session, rules: dict) -> dict[str, list]:
    """The same for the zones and units of which quotas are."""
    errors = {}
    for n, quota in enumerate(rules.get("quotas", ())):
        codes = set(quota["of"]) if quota["by"] != "age" else set()
        if codes and (missing := codes - _known(db, f"{quota['by']}s", codes)):
            errors[f"sign_up.quotas.{n}.of"] = [{"code": "unknown", "values": sorted(missing)}]
    return errors


def check(db: Session, audience: Audience) -> None:
    if errors := unknown(db, audience):
        raise Invalid(errors=errors)


def count(db: Session, audience: Audience, *, reach: str = "all", unit_id: UUID | None = None) -> int:
    """How many people are told when an activity with this audience is published."""
    if reach == "guests":
        return db.execute(GUESTS, {"unit_id": unit_id}).scalar_one()
    people = select(func.count()).select_from(Person).where(in_audience(Person, audience))
    if reach == "unit":
        people = people.where(Person.unit_id == unit_id)
    return db.scalar(people) or 0


def _known(db: Session, part: str, codes: set[str]) -> set[str]:
    if part == "skills":
        return set(SKILLS)
    if part == "units":
        return set(db.scalars(select(Unit.code).where(Unit.active, Unit.code.in_(codes))))
    labels = select(Label.code).where(Label.active, Label.kind.in_(LABELS[part]), Label.code.in_(codes))
    return set(db.scalars(labels))
