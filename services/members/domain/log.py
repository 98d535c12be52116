"""What of the audit log is asked for."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from services.members.domain.days import SHANGHAI
from shared.audit import ENTRIES

#: An entry's columns but for its committee and its hash.
SHOWN = [column for column in ENTRIES.c if column.name not in ("committee_id", "hash")]
NAMES = [column.name for column in SHOWN]


def asked_for(*, person: UUID | None, action: str | None, day: date | None) -> Select:
    """Acts by a person or about them, of a kind or of a whole service, on a day."""
    return select(*SHOWN).where(*_conditions(person, action, day))


def _conditions(person: UUID | None, action: str | None, day: date | None) -> Iterator[ColumnElement[bool]]:
    entry = ENTRIES.c
    if person:
        yield or_(entry.actor == f"person:{person}", entry.object_id == str(person))
    if action:
        yield or_(entry.action == action, entry.action.startswith(f"{action}.", autoescape=True))
    if day:
        begin = datetime.combine(day, time(), SHANGHAI)
        yield and_(entry.at >= begin, entry.at < begin + timedelta(days=1))
