"""Eight weeks of shifts that are over, written straight into patrol's tables: no door takes a shift of last month.

Only where the demo is loaded beside its own database, and only into one that says that it is a demo's. Nobody hears of
it: no event is published, so nobody is told, and no hours are proposed.
"""

import json
import os
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import text

from demo.days import SHANGHAI
from demo.desk import fixed_id
from demo.patrol import ROUTES, SQUADS, checkpoint_id
from demo.people import SEED
from demo.roster import PATTERNS
from shared import db
from shared.config import config

WEEKS = 8
#: The last of them is long enough ago for the board, which shows twelve hours back.
FROM_NOW = 2
#: Evenings on which nobody came: how many days ago.
NOBODY = {("夜安二队", 23), ("夜安二队", 10)}
#: Of a cold spell: how many days ago.
COLD = range(16, 20)
#: How often a stop is reached: by day, and in the evening, of its place on the way the last ones less.
BY_DAY, BY_EVENING, TO_THE_END = 0.97, 0.92, 0.03
LEFT_OUT = {"locked": 0.012, "blocked": 0.006, "no_time": 0.008}
LEFT_OUT_IN_THE_COLD = {"weather": 0.2, "no_time": 0.04}
WAYS = ("scan", "scan", "scan", "tap", "number")

Row = dict[str, Any]
TABLES = {
    "shifts": "id, squad_id, starts_at, ends_at, state, started_at, started_by, ended_at, ended_by, handover, "
    "outdoor, version, carried",
    "shift_crew": "shift_id, person_id, role, stand_in",
    "check_ins": "id, shift_id, checkpoint_id, person_id, device_id, seq, how, note, content, device_at, received_at, "
    "happened_at, time_quality",
    "skips": "id, shift_id, checkpoint_id, person_id, reason, note, content, device_at, received_at, happened_at, "
    "time_quality",
}


def load(crews: dict[str, list[str]], today: date) -> None:
    """All of it in four statements; what an interrupted run wrote stays."""
    if "DATABASE_URL" not in os.environ or not config().demo:
        print("no database at hand: no shifts of the past", flush=True)
        return
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for table, row in _all(crews, today):
        rows[table].append(row)
    db.connect("patrol")
    with db.transaction("patrol", config().committee_id, actor="demo") as tx:
        for table, columns in TABLES.items():
            sent = f"jsonb_populate_recordset(NULL::patrol.{table}, :rows)"
            write = f"INSERT INTO patrol.{table} ({columns}) SELECT {columns} FROM {sent} ON CONFLICT DO NOTHING"
            tx.execute(text(write), {"rows": json.dumps(rows[table])})


def _all(crews: dict[str, list[str]], today: date) -> Iterator[tuple[str, Row]]:
    codes = {name: code for code, name in SQUADS}
    for ago in range(FROM_NOW, FROM_NOW + 7 * WEEKS):
        day = today - timedelta(days=ago)
        for number, (squad, weekdays, begins, minutes, season, _) in enumerate(PATTERNS):
            if day.isoweekday() in weekdays and _in(season, day):
                walk = _Walk(number, squad, codes[squad], day, begins, minutes, crews[codes[squad]])
                yield from walk.missed() if (squad, ago) in NOBODY else walk.walked(cold=ago in COLD)


class _Walk:
    """One shift, and what chance made of it: the same each time, whichever day it is."""

    def __init__(
        self, number: int, squad: str, code: str, day: date, begins: str, minutes: int, people: list[str]
    ) -> None:
        self.name = f"past {number} {day}"
        self.chance = random.Random(f"{SEED} {self.name}")
        self.begins = datetime.combine(day, time.fromisoformat(begins), SHANGHAI)
        self.ends = self.begins + timedelta(minutes=minutes)
        self.crew = self.chance.sample(people, self.chance.choice((2, 2, 3, 4)))
        self.way = [checkpoint_id(index) for index in ROUTES[code]]
        self.shift: Row = {"id": fixed_id(self.name), "squad_id": fixed_id(squad), "handover": "", "outdoor": True}
        self.shift |= {"starts_at": _said(self.begins), "ends_at": _said(self.ends), "version": 1, "carried": []}

    def missed(self) -> Iterator[tuple[str, Row]]:
        yield "shifts", self.shift | {"state": "planned"}
        yield from self._people()

    def walked(self, *, cold: bool) -> Iterator[tuple[str, Row]]:
        started = self.begins + timedelta(minutes=self.chance.uniform(-4, 6))
        ended = self.ends + timedelta(minutes=self.chance.uniform(-6, 8))
        by = {"started_by": self.crew[0], "ended_by": self.crew[0]}
        yield "shifts", self.shift | by | {"state": "ended", "started_at": _said(started), "ended_at": _said(ended)}
        yield from self._people()
        for place in range(len(self.way)):
            yield from self._stop(place, cold)

    def _people(self) -> Iterator[tuple[str, Row]]:
        for n, person_id in enumerate(self.crew):
            role = "member" if n else "leader"
            yield "shift_crew", {
                "shift_id": self.shift["id"], "person_id": person_id, "role": role, "stand_in": False
            }  # fmt: skip

    def _stop(self, place: int, cold: bool) -> Iterator[tuple[str, Row]]:
        """Reached, left out with a reason, or neither."""
        share = (place + 0.5) / len(self.way)
        at = self.begins + (self.ends - self.begins) * share + timedelta(minutes=self.chance.uniform(-4, 4))
        reached = (BY_DAY if self.begins.hour < 17 else BY_EVENING) - TO_THE_END * (self.begins.hour > 19) * place
        if reason := self._reason(LEFT_OUT_IN_THE_COLD if cold else LEFT_OUT):
            yield "skips", self._report(place, at, "skip") | {"reason": reason}
        elif self.chance.random() < reached:
            how = {"device_id": "demo", "seq": place + 1, "how": self.chance.choice(WAYS)}
            yield "check_ins", self._report(place, at, "check-in") | how

    def _reason(self, odds: dict[str, float]) -> str | None:
        [reason] = self.chance.choices([*odds, None], [*odds.values(), 1 - sum(odds.values())])
        return reason

    def _report(self, place: int, at: datetime, kind: str) -> Row:
        """As a phone sends it; now and then from where there was no signal."""
        hash = sha256(f"{self.name} {kind} {place}".encode()).hexdigest()
        late = timedelta(seconds=2) if self.chance.random() < 0.9 else timedelta(minutes=self.chance.uniform(5, 90))
        times = {"device_at": _said(at), "happened_at": _said(at), "received_at": _said(at + late)}
        where = {"shift_id": self.shift["id"], "checkpoint_id": self.way[place], "person_id": self.crew[place % 2]}
        return {"id": _id(at, hash), "content": f"\\x{hash}", "note": "", "time_quality": "device", **where, **times}


def _id(at: datetime, hash: str) -> str:
    """A UUIDv7 of that moment: the table is kept by months."""
    return f"{int(at.timestamp() * 1000):012x}7{hash[:3]}8{hash[3:18]}"


def _in(season: tuple[str, str] | None, day: date) -> bool:
    """Whether the day is in it; one from autumn to spring goes over the end of the year."""
    if season is None:
        return True
    first, last = season
    on = f"{day:%m-%d}"
    return first <= on <= last if first <= last else on >= first or on <= last


def _said(at: datetime) -> str:
    return at.isoformat()
