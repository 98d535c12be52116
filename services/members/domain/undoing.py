"""Take an import back: every row as it was, and those that it made are no more. One transaction.

All of it in SQL, so that what is sealed stays sealed. A row that somebody changed since is theirs.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.members.domain import news
from services.members.domain.applying import TABLES
from services.members.models import ImportChange, OrgNode, Person, Place, Unit
from shared.errors import Problem

MODELS: dict[str, Any] = {"unit": Unit, "place": Place, "node": OrgNode, "person": Person}
KEPT = {"id", "committee_id", "version", "changed_at"}

MINE = "SELECT c.row_id FROM members.import_changes c WHERE c.import_id = :id AND c.kind = :kind"
LATER_POSTS = """
    SELECT p.number, p.name FROM members.people p WHERE p.id IN (
        SELECT c.row_id FROM members.import_changes c
        WHERE c.import_id = :id AND c.kind = 'person' AND c.before IS NULL)
    AND (EXISTS (SELECT FROM members.grants g WHERE g.person_id = p.id)
         OR EXISTS (SELECT FROM members.memberships m WHERE m.person_id = p.id AND m.role_in <> 'member' AND m.node_id
                    NOT IN (SELECT n.row_id FROM members.import_changes n WHERE n.import_id = :id AND n.kind = 'node')))
"""
CLEAR = f"""
    DELETE FROM members.memberships WHERE role_in <> 'member' AND node_id IN ({MINE.replace(":kind", "'node'")});
    DELETE FROM members.memberships WHERE role_in = 'member' AND person_id IN ({MINE.replace(":kind", "'person'")});
    DELETE FROM members.node_places WHERE node_id IN ({MINE.replace(":kind", "'node'")});
    DELETE FROM members.person_skills WHERE person_id IN ({MINE.replace(":kind", "'person'")});
    DELETE FROM members.sessions WHERE person_id IN ({MINE.replace(":kind", "'person'")} AND c.before IS NULL);
    UPDATE members.people SET phone_blind = NULL WHERE id IN ({MINE.replace(":kind", "'person'")})
"""
PUT_BACK = """
    INSERT INTO members.{table} SELECT b.* FROM members.import_changes c,
        jsonb_populate_recordset(NULL::members.{table}, c.before->'{part}') b
    WHERE c.import_id = :id AND c.kind = '{kind}' AND c.before IS NOT NULL
"""
PARTS = (
    ("memberships", "memberships", "person"),
    ("memberships", "memberships", "node"),
    ("node_places", "places", "node"),
    ("person_skills", "skills", "person"),
)


class ChangedSince(Problem):
    """Somebody has changed rows of this import since; undo would lose that."""


def undo(db: Session, import_id: UUID) -> None:
    """Put everything back that this import changed. Raises ChangedSince with the rows that are no longer its own."""
    if changed := _changed_since(db, import_id):
        raise ChangedSince(rows=changed[:50], count=len(changed))
    made, changed_ids = _rows(db, import_id)
    concerned = {*changed_ids["person"], *news.touched(db, changed_ids["unit"], changed_ids["node"])}
    _say_farewell(db, made)
    try:
        with db.begin_nested():
            _restore(db, import_id, made)
    except IntegrityError:
        raise ChangedSince(rows=[], count=0) from None
    news.units(db, changed_ids["unit"])
    news.labels(db, places=changed_ids["place"], nodes=changed_ids["node"])
    concerned -= set(made["person"])
    news.people(db, news.touched(db, changed_ids["unit"], changed_ids["node"], concerned))


def _changed_since(db: Session, import_id: UUID) -> list[dict[str, str]]:
    found = []
    for kind, model in MODELS.items():
        facts = {"id": import_id, "kind": kind}
        db.execute(text(f"SELECT id FROM members.{TABLES[kind]} WHERE id IN ({MINE}) FOR UPDATE"), facts)
        code = model.number if kind == "person" else model.code
        mine = (ImportChange.import_id == import_id) & (ImportChange.kind == kind)
        rows = (
            select(code, model.name)
            .select_from(ImportChange)
            .outerjoin(model, model.id == ImportChange.row_id)
            .where(mine, model.version.is_distinct_from(ImportChange.version))
        )
        found += [{"kind": kind, "code": row[0] or "", "name": row[1] or ""} for row in db.execute(rows)]
    later = db.execute(text(LATER_POSTS), {"id": import_id})
    return found + [{"kind": "person", "code": number, "name": name} for number, name in later]


def _rows(db: Session, import_id: UUID) -> tuple[dict[str, list[UUID]], dict[str, list[UUID]]]:
    """The ids that the import made, and those that it changed."""
    made: dict[str, list[UUID]] = {kind: [] for kind in MODELS}
    changed: dict[str, list[UUID]] = {kind: [] for kind in MODELS}
    query = select(ImportChange.kind, ImportChange.row_id, ImportChange.before.is_(None))
    for kind, row_id, is_new in db.execute(query.where(ImportChange.import_id == import_id)):
        (made if is_new else changed)[kind].append(row_id)
    return made, changed


def _say_farewell(db: Session, made: dict[str, list[UUID]]) -> None:
    news.people(db, made["person"], gone=True)
    news.labels(db, places=made["place"], nodes=made["node"], gone=True)
    news.units(db, made["unit"], gone=True)


def _restore(db: Session, import_id: UUID, made: dict[str, list[UUID]]) -> None:
    for statement in CLEAR.split(";"):
        db.execute(text(statement), {"id": import_id})
    for kind, model in MODELS.items():
        names = [column.name for column in model.__table__.columns if column.name not in KEPT]
        values = ", ".join(f"{name} = b.{name}" for name in names)
        back = f"""
            UPDATE members.{TABLES[kind]} r SET {values}, version = r.version + 1
            FROM members.import_changes c, jsonb_populate_record(NULL::members.{TABLES[kind]}, c.before->'row') b
            WHERE c.import_id = :id AND c.kind = :kind AND c.before IS NOT NULL AND r.id = c.row_id
        """
        db.execute(text(back), {"id": import_id, "kind": kind})
    for table, part, kind in PARTS:
        db.execute(text(PUT_BACK.format(table=table, part=part, kind=kind)), {"id": import_id})
    for kind in reversed(MODELS):
        db.execute(text(f"DELETE FROM members.{TABLES[kind]} WHERE id = ANY (:ids)"), {"ids": made[kind]})
    db.expire_all()
