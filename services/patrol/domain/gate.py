"""Nobody walks without training and insurance. Postgres refuses it too; here it is said whom it is about."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain.local_time import last_day
from services.patrol.models import Person, Volunteer
from shared.errors import Invalid


def expect_admitted(db: Session, person_ids: Collection[UUID], ends_at: datetime, field: str = "crew") -> None:
    """Refuse a crew with somebody whose training or insurance ends before the shift does."""
    day = last_day(ends_at)
    query = select(Person.person_id, Person.name, Volunteer.trained_until, Volunteer.insured_until)
    joined = query.outerjoin(Volunteer, Volunteer.person_id == Person.person_id)
    found = db.execute(joined.where(Person.person_id.in_(person_ids)).order_by(Person.person_id)) if person_ids else ()
    if errors := [error for row in found for error in _objections(*row, day)]:
        raise Invalid(errors={field: errors})


def lasts(until: date | None, day: date) -> bool:
    return until is not None and until >= day


def _objections(
    person_id: UUID, name: str, trained: date | None, insured: date | None, day: date
) -> list[dict[str, Any]]:
    codes = [("not_trained", trained), ("not_insured", insured)]
    return [{"code": code, "person": name, "person_id": person_id} for code, until in codes if not lasts(until, day)]
