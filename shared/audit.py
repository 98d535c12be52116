"""Who did what that matters: a chain of rows of which none is changed, lost or moved unseen.

Each row carries a keyed hash over the row before it and itself, and the key is not in the database; see
docs/decisions/0006-the-audit-log-is-a-chain.md. python -m shared.audit verify | anchor
"""

import hmac
import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import structlog
from sqlalchemy import BigInteger, DateTime, LargeBinary, String, Uuid, column, event, select, table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from shared import anchors, upkeep
from shared.config import config
from shared.db import connect, now, plain, transaction

#: What the hash of a row covers, in this order.
SEALED = (
    "committee_id", "seq", "at", "actor", "on_behalf_of", "action", "object_kind", "object_id", "facts",
    "correlation_id",
)  # fmt: skip

ENTRIES = table(
    "entries",
    column("committee_id", Uuid),
    column("seq", BigInteger),
    column("at", DateTime(timezone=True)),
    *(column(name, String) for name in ("actor", "on_behalf_of", "action", "object_kind", "object_id")),
    column("facts", JSONB),
    column("correlation_id", String),
    column("hash", LargeBinary),
    schema="audit",
)

LOCK = "SELECT committee_id, seq, hash FROM audit.lock()"
APPEND = """
    SELECT audit.append(%(seq)s, %(at)s, %(actor)s, %(on_behalf_of)s, %(action)s, %(object_kind)s, %(object_id)s,
                        %(facts)s, %(correlation_id)s, %(previous)s, %(hash)s)
"""
#: One statement, so that head and rows are of one moment.
CHAIN = text("""
    SELECT e.*, h.seq AS head_seq, h.hash AS head_hash FROM audit.entries e FULL JOIN audit.heads h USING (committee_id)
    ORDER BY e.seq
""").execution_options(yield_per=1000)

#: What stands before the first row.
NOTHING = (0, bytes(32))

#: A fact is an id, a moment, a small number or one of our own words: never what a person is called, has or writes.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,63}", re.ASCII)
SMALL = 10_000_000

log = structlog.get_logger()


def record(
    db: Session, action: str, object_kind: str, object_id: UUID | str | None = None, *,
    on_behalf_of: UUID | None = None, **facts: Any,
) -> None:  # fmt: skip
    """Note that whoever acts now does this; *action* is "<service>.<what was done>".

    The row comes last in the transaction: whoever else writes waits for its end.
    """
    row = {
        "at": now(),
        "actor": db.info.get("actor", "system"),
        "on_behalf_of": f"unit:{on_behalf_of}" if on_behalf_of else None,
        "action": action,
        "object_kind": object_kind,
        "object_id": None if object_id is None else _fact(object_id),
        "facts": {name: _fact(value) for name, value in facts.items()},
        "correlation_id": db.info.get("correlation_id", ""),
    }
    if db.in_nested_transaction():  # what happens here may be undone alone, and the row with it
        _append(db, [row])
    else:
        db.info.setdefault("audit", []).append(row)


def seal(previous: bytes, row: dict[str, Any]) -> bytes:
    """The hash of a row that stands behind the one with the hash *previous*."""
    moment = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    said = orjson.dumps([moment if name == "at" else row[name] for name in SEALED], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(_key(), previous + said, "sha256")


def findings(db: Session, seen: anchors.Seen) -> Iterator[str]:
    """What is wrong with a committee's chain: nothing, if it is as it was written. *seen* was read before."""
    last, head, unseen = NOTHING, NOTHING, dict(seen)
    for row in db.execute(CHAIN).mappings():
        head = (row["head_seq"], row["head_hash"])
        if row["seq"] is None:  # a head and no row
            continue
        yield from _of_row(last, dict(row), unseen.pop(row["seq"], set()))
        last = (row["seq"], row["hash"])
    if last != head:
        yield f"the end is not where the head says: the last row is {last[0]}, the head says {head[0]}"
    for seq in sorted(unseen):
        yield f"row {seq} is gone: an anchor saw it"


def anchor(db: Session) -> bool:
    """Note outside the database how far the chain is; whether what was noted last still holds."""
    heads = plain(db, "SELECT committee_id, seq, hash FROM audit.heads")
    known = anchors.last(db.info["committee_id"])
    holds = known is None or known[1] == _hash_of(db, known[0])
    if not holds:
        log.error("the audit log is not what its anchor saw", committee=str(db.info["committee_id"]))
    for committee_id, seq, sealed in heads:
        if known == (seq, sealed):
            continue
        anchors.note(committee_id, seq, sealed)
        log.info("audit log anchored", committee=str(committee_id), seq=seq, hash=sealed.hex())
    _write_down("audit_anchor", db.info["committee_id"], fine=holds)
    return holds


def check(committee_id: UUID) -> None:
    """Go through a committee's whole chain and say it in the log when something is wrong."""
    wrong, verdict = examine(committee_id)
    if wrong:
        log.error("the audit log is broken", committee=str(committee_id), findings=wrong[:20], verdict=verdict)


def examine(committee_id: UUID) -> tuple[list[str], str]:
    """What is wrong with a committee's whole chain, and in a word how it stands."""
    seen, unreadable = anchors.read(committee_id)
    with transaction("members", committee_id) as db:
        wrong = unreadable + list(findings(db, seen))
        rows = db.scalar(text("SELECT count(*) FROM audit.entries"))
    _write_down("audit_check", committee_id, fine=not wrong)
    return wrong, f"{rows} rows, {len(seen)} anchors: {'BROKEN' if wrong else 'as they were written'}"


@event.listens_for(Session, "before_commit")
def append_what_was_recorded(db: Session) -> None:
    """Write the rows when everything else of the transaction is written: the head is locked from here to its end."""
    if "audit" in db.info and not db.in_nested_transaction():
        db.flush()
        _append(db, db.info.pop("audit"))


@event.listens_for(Session, "after_transaction_end")
def forget_what_did_not_happen(db: Session, ended: Any) -> None:
    if ended.parent is None:
        db.info.pop("audit", None)


def _append(db: Session, rows: list[dict[str, Any]]) -> None:
    [(committee_id, seq, previous)] = plain(db, LOCK)
    for row in rows:
        seq += 1
        row |= {"committee_id": committee_id, "seq": seq}
        row["hash"] = seal(previous, row)
        plain(db, APPEND, **{**row, "facts": orjson.dumps(row["facts"]).decode(), "previous": previous})
        previous = row["hash"]


def _of_row(last: tuple[int, bytes], row: dict[str, Any], seen: set[bytes]) -> Iterator[str]:
    seq, previous = last
    if row["seq"] != seq + 1:
        yield f"what stood between row {seq} and row {row['seq']} is gone"
    elif not hmac.compare_digest(row["hash"], seal(previous, row)):
        yield f"row {row['seq']} is not what was written, or not in its place"
    if seen - {row["hash"]}:
        yield f"row {row['seq']} is not the one that an anchor saw"


def _hash_of(db: Session, seq: int) -> bytes | None:
    return db.scalar(select(ENTRIES.c.hash).where(ENTRIES.c.seq == seq))


def _fact(value: Any) -> Any:
    """A fact as it is kept. Raises ValueError for what may be personal data."""
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < SMALL):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(_fact(item) for item in value)
    if isinstance(value, str) and WORD.fullmatch(value):
        return value
    raise ValueError("only ids, moments, small numbers and our own words belong into the audit log")


@cache
def _key() -> bytes:
    """Made from a key that the database does not have, and that all services have: without one there is no chain."""
    given = config().audit_key or config().signing_key
    if not given:
        raise RuntimeError("AUDIT_KEY or SIGNING_KEY must be given")
    return hmac.digest(b64decode(given), b"audit log", "sha256")


def main(verb: str) -> int:
    """Verify every committee's chain, or anchor it; how many things are wrong."""
    with transaction("members") as db:
        committees = db.scalars(text("SELECT id FROM bus.committees ORDER BY id")).all()
    return sum({"verify": _verify, "anchor": _anchor}[verb](committee_id) for committee_id in committees)


def _verify(committee_id: UUID) -> int:
    wrong, verdict = examine(committee_id)
    _say(committee_id, *wrong, verdict)
    return len(wrong)


def _anchor(committee_id: UUID) -> int:
    with transaction("members", committee_id) as db:
        holds = anchor(db)
    last = anchors.last(committee_id)
    _say(committee_id, f"anchored at row {last[0]}" if last else "nothing to anchor")
    return not holds


def _write_down(kind: str, committee_id: UUID, *, fine: bool) -> None:
    upkeep.note(Path(config().data_dir), kind, committee_id, fine=fine)


def _say(committee_id: UUID, *lines: str) -> None:
    sys.stdout.writelines(f"{committee_id}: {line}\n" for line in lines)


if __name__ == "__main__":
    if sys.argv[1:] not in (["verify"], ["anchor"]):
        sys.exit("python -m shared.audit verify | anchor")
    connect("members")
    sys.exit(min(main(sys.argv[1]), 1))
