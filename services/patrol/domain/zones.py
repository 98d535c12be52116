"""The names of compounds and zones, kept from members' news."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.patrol.models import Zone

KINDS = ("place", "zone")
NAMED = ("code", "kind", "name", "active")


def keep(db: Session, labels: list, *, changed_at: datetime) -> None:
    """Write down what members call its places, unless we know newer news."""
    latest = {label.code: label for label in labels if label.kind in KINDS}
    if not latest:
        return
    facts = [{name: getattr(label, name) for name in NAMED} | {"changed_at": changed_at} for label in latest.values()]
    statement = insert(Zone).values(facts)
    upsert = statement.on_conflict_do_update(
        index_elements=["committee_id", "code"],
        set_={name: statement.excluded[name] for name in (*NAMED[1:], "changed_at")},
        where=Zone.changed_at <= statement.excluded.changed_at,
    )
    db.execute(upsert)


def known(db: Session, code: str | None) -> bool:
    return code is None or bool(db.scalar(select(exists().where(Zone.code == code, Zone.active))))
