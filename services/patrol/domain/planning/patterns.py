"""Templates: when a squad walks in a season. A changed template changes plans to come, not shifts that stand."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain import local_time
from services.patrol.models import Pattern, Squad
from shared.db import find
from shared.errors import Invalid


def put(db: Session, pattern_id: UUID, **facts: Any) -> Pattern:
    """Add a template, or change it."""
    _check(db, facts)
    pattern = db.get(Pattern, pattern_id)
    if pattern is None:
        pattern = Pattern(id=pattern_id)
        db.add(pattern)
    for name, value in facts.items():
        setattr(pattern, name, value)
    db.flush()
    return find(db, Pattern, pattern_id, options=[joinedload(Pattern.squad)], populate_existing=True)


def in_use(db: Session) -> list[Pattern]:
    query = select(Pattern).join(Pattern.squad).where(Pattern.active, Squad.active)
    return list(db.scalars(query.options(joinedload(Pattern.squad)).order_by(Squad.code, Pattern.starts, Pattern.id)))


def spans(pattern: Pattern, first: date, weeks: int, after: datetime) -> list[tuple[datetime, datetime]]:
    """When it lets the squad walk in these weeks."""
    found = []
    for day in local_time.days(first, weeks):
        if day.isoweekday() in pattern.weekdays and local_time.in_season(
            day, pattern.season_from, pattern.season_until
        ):
            begins = local_time.at(day, pattern.starts)
            found.append((begins, begins + timedelta(minutes=pattern.minutes)))
    return [span for span in found if span[0] > after]


def _check(db: Session, facts: dict[str, Any]) -> None:
    errors: dict[str, list] = {}
    if db.get(Squad, facts["squad_id"]) is None:
        errors["squad_id"] = ["unknown"]
    if facts["max_crew"] < facts["min_crew"]:
        errors["max_crew"] = [{"code": "less_than_min", "min": facts["min_crew"]}]
    if facts["units_min"] > facts["min_crew"]:
        errors["units_min"] = [{"code": "more_than_crew", "max": facts["min_crew"]}]
    if (facts["season_from"] is None) != (facts["season_until"] is None):
        errors["season_until"] = ["required"]
    if errors:
        raise Invalid(errors=errors)
