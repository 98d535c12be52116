"""What a service needs to know of members, kept from members' news: its own table, no call across.

Each service that needs it declares `class Person(PersonColumns, Base)`; keep_people() is its consumer.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Text, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.db import Ours

#: The name of those who asked to be forgotten.
NOBODY = "（已删除）"


class PersonColumns(Ours):
    """A member, as members last told us."""

    __tablename__ = "people"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(index=True)
    unit_code: Mapped[str | None]
    unit_name: Mapped[str | None]
    place_code: Mapped[str | None]
    zone_code: Mapped[str | None]
    groups: Mapped[list[str]] = mapped_column(ARRAY(Text))
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text))
    language: Mapped[str] = mapped_column(server_default="zh")
    active: Mapped[bool] = mapped_column(Boolean)
    changed_at: Mapped[datetime]


def keep_people(db: Session, model: type, event: Any, *more: str) -> list[Any]:
    """Write down what an event says of people, unless we know newer news; return those it was news of.

    *more* names columns beyond the common ones that this service keeps (phone, email).
    """
    names = ["person_id", "name", "unit_id", "unit_code", "unit_name", "place_code", "zone_code", "groups", "skills"]
    names += ["language", "active", "changed_at", *more]
    # Of two versions of one person in an event the newer one counts; Postgres refuses to upsert a row twice.
    latest = {person.person_id: person for person in sorted(event.people, key=lambda person: person.changed_at)}
    rows = [{name: getattr(person, name) for name in names} for person in latest.values()]
    statement = insert(model)
    news = {name: statement.excluded[name] for name in names if name != "person_id"}
    upsert = statement.on_conflict_do_update(
        index_elements=["person_id"],
        set_=news,
        where=model.changed_at < statement.excluded.changed_at,  # type: ignore[attr-defined]
    ).returning(model.person_id)  # type: ignore[attr-defined]
    kept = set(db.execute(upsert, rows).scalars())
    return [person for key, person in latest.items() if key in kept]


def forget_person(db: Session, model: type, event: Any, **more: None) -> str | None:
    """Keep of somebody only that there was nobody in particular; return the name that they had, None: we knew none.

    A row is written even where there was none: older news may still be on its way, and is ignored for it.
    *more* names the service's own columns.
    """
    known = db.scalar(select(model.name).where(model.person_id == event.person_id).with_for_update())  # type: ignore[attr-defined]
    nowhere = dict.fromkeys(("unit_id", "unit_code", "unit_name", "place_code", "zone_code"))
    blank = {"name": NOBODY, "groups": [], "skills": [], "active": False, "changed_at": event.erased_at}
    row: dict[str, Any] = {**nowhere, **blank, **more}
    statement = insert(model).values(person_id=event.person_id, **row)
    db.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=row))
    return None if known == NOBODY else known
