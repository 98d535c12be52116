"""Anchors of the audit log: where the head of a committee's chain was at some hour, in a file outside the database.

A line an anchor, only ever appended. Whoever can rewrite the database cannot make it agree with them.
"""

import os
from pathlib import Path
from uuid import UUID

import orjson

from shared.config import config
from shared.db import now

#: Hashes by the number of their row; more than one is one too many.
Seen = dict[int, set[bytes]]


def note(committee_id: UUID, seq: int, hash: bytes) -> None:
    """Append where the head is; it is on the disk when this returns."""
    file = _file(committee_id)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = orjson.dumps({"at": now(), "seq": seq, "hash": hash.hex()})
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, b"\n" + line)  # a line that a power cut tore stays apart from the next
        os.fsync(handle)
    finally:
        os.close(handle)


def read(committee_id: UUID) -> tuple[Seen, list[str]]:
    """What the anchors saw, and what is wrong with the file itself."""
    seen: Seen = {}
    wrong = []
    for number, line in enumerate(_lines(committee_id), 1):
        if anchor := _anchor(line):
            seen.setdefault(anchor[0], set()).add(anchor[1])
        elif line:
            wrong.append(f"line {number} of {_file(committee_id)} cannot be read")
    return seen, wrong


def last(committee_id: UUID) -> tuple[int, bytes] | None:
    """The newest anchor."""
    return next((anchor for line in reversed(_lines(committee_id)) if (anchor := _anchor(line))), None)


def _lines(committee_id: UUID) -> list[bytes]:
    file = _file(committee_id)
    return file.read_bytes().split(b"\n") if file.exists() else []


def _anchor(line: bytes) -> tuple[int, bytes] | None:
    try:
        facts = orjson.loads(line)
        return facts["seq"], bytes.fromhex(facts["hash"])
    except (ValueError, KeyError, TypeError):
        return None


def _file(committee_id: UUID) -> Path:
    return Path(config().data_dir) / "audit-anchors" / f"{committee_id}.jsonl"
