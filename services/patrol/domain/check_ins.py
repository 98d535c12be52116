"""Check-ins: what phones send most, so one statement reads all that a batch of them needs, and one writes it.

It is plain SQL, unlike its neighbours, because here building queries cost more than all else: bench/README.md has the
figures. What it must know of shifts is what readers.walks() says, and what silence.hear() does for other signs of life.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from services.patrol.domain import checkpoints, reports, silence
from services.patrol.domain.checkpoints import Named, Place
from services.patrol.domain.moments import Clock
from services.patrol.domain.news import channel
from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.domain.shifts import Watch
from services.patrol.models import CheckIn
from shared.db import plain

READ = f"""
    WITH mine AS (
        SELECT id, state, starts_at, ended_at, ended_by FROM patrol.shifts s
        WHERE id = ANY (%(shifts)s) AND (
            EXISTS (SELECT FROM patrol.shift_crew c WHERE c.shift_id = s.id AND c.person_id = %(person_id)s)
            OR squad_id IN (SELECT id FROM patrol.squads WHERE leader_id = %(person_id)s))
        ORDER BY id FOR UPDATE
    ), named AS ({checkpoints.PLACES})
    SELECT mine.*, named.* FROM mine FULL JOIN named ON false
"""
WRITE = """
    WITH sent AS (
        SELECT * FROM jsonb_populate_recordset(NULL::patrol.check_ins, %(rows)s::jsonb) ORDER BY id
    ), stored AS (
        INSERT INTO patrol.check_ins (id, shift_id, checkpoint_id, person_id, device_id, seq, near, how, note, content,
                                      device_at, received_at, happened_at, time_quality)
        SELECT id, shift_id, checkpoint_id, person_id, device_id, seq, near, how, note, content,
               device_at, received_at, happened_at, time_quality FROM sent
        ON CONFLICT (id) DO NOTHING RETURNING id, shift_id
    ), heard AS (
        SELECT DISTINCT shift_id FROM stored WHERE id = ANY (%(fresh)s)
    ), watched AS (
        UPDATE patrol.shifts SET next_due_at = %(due)s FROM heard WHERE id = heard.shift_id AND state = 'active'
    ), told AS (
        SELECT pg_notify('live', jsonb_build_object(
            'to', jsonb_build_array(%(board)s::text),
            'news', jsonb_build_object('changed', 'shift', 'id', shift_id))::text)
        FROM (SELECT DISTINCT shift_id FROM stored)
    )
    SELECT ARRAY (SELECT id FROM stored), ARRAY (SELECT a.shift_id FROM patrol.alarms a JOIN heard USING (shift_id)
                                                 WHERE a.ended_at IS NULL), (SELECT count(*) FROM told)
"""


def read(db: Session, reader: Reader, items: list[dict]) -> tuple[Mapping[UUID, Watch], Named]:
    """The shifts of these check-ins that their reporter walks, locked, and the checkpoints that they name."""
    shift_ids = list({item["shift_id"] for item in items})
    rows = plain(db, READ, shifts=shift_ids, person_id=reader.person_id, **checkpoints.names(items))
    width = len(Watch._fields)
    mine = {row[0]: Watch(*row[:width]) for row in rows if row[0]}
    return mine, Named([Place(*row[width:]) for row in rows if row[width]])


def take_in(db: Session, batch: list[Report], reader: Reader, *, device_id: str, clock: Clock) -> None:
    """Store examined check-ins, let the fresh ones calm who waits for them, and the board show them."""
    if not batch:
        return
    rows = [_row(report, device_id, clock) for report in batch]
    first = {row["id"]: row for row in reversed(rows)}
    fresh = [report.item["id"] for report in batch if report.moment and silence.fresh(report.moment, clock.received_at)]
    facts = {"fresh": fresh, "due": clock.received_at + silence.pace(), "board": channel(db)}
    [(stored, silent, _)] = plain(db, WRITE, rows=_as_json(first.values()), **facts)
    reports.settle(db, CheckIn, batch, stored)
    if silent:
        silence.calm(db, silent, by=reader.person_id, name=reader.name, reason="check_in")


def _row(report: Report, device_id: str, clock: Clock) -> dict[str, Any]:
    """Of the coordinates, only the verdict of near() is in it."""
    item = report.item
    return reports.timed(report, clock) | {
        "shift_id": item["shift_id"],
        "device_id": device_id,
        "seq": item.get("seq"),
        "near": checkpoints.near(report.checkpoint, item.get("lat"), item.get("lon")),
        "how": item.get("how") or ("scan" if item.get("qr") else "number" if item.get("number") else "tap"),
        "note": item.get("note") or "",
    }


def _as_json(rows: Any) -> str:
    return orjson.dumps(list(rows), default=lambda content: f"\\x{content.hex()}").decode()
