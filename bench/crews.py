"""Squads on their way, planned and started through the API: two phones each, as volunteers walk in twos."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

import orjson

from bench.client import Line, new_id, request
from bench.product import Product

#: Members who are in no squad and walk no shift; they get papers.
FREE = """
    SELECT person_id FROM patrol.people p WHERE active
        AND NOT EXISTS (SELECT FROM patrol.squad_members m WHERE m.person_id = p.person_id)
        AND NOT EXISTS (SELECT FROM patrol.squads s WHERE s.leader_id = p.person_id)
        AND NOT EXISTS (SELECT FROM patrol.shift_crew c WHERE c.person_id = p.person_id)
        AND NOT EXISTS (SELECT FROM patrol.volunteers v WHERE v.person_id = p.person_id)
    ORDER BY person_id LIMIT %s
"""

PAPERS = dict.fromkeys(("trained_until", "insured_until"), "2099-12-31")


@dataclass(frozen=True)
class Phone:
    """Somebody signed in on a shift that has begun; of each two, the first leads."""

    token: str
    shift_id: str
    stops: list[dict]

    def check_ins(self) -> Iterator[bytes]:
        """Check-ins without end, as the page sends them one by one."""
        for check_in in self._items():
            yield request("PUT", f"/patrol/check-ins/{check_in.pop('id')}", self.token, check_in)

    def uploads(self, many: int) -> Iterator[bytes]:
        """The same, as a phone sends what it kept without network."""
        items = self._items()
        while True:
            batch = [{**item, "kind": "check_in"} for item in islice(items, many)]
            device = {"id": self.shift_id, "now": now(), "page_session": "bench"}
            yield request("POST", "/patrol/uploads", self.token, {"device": device, "items": batch})

    def _items(self) -> Iterator[dict]:
        number = 0
        while True:
            number += 1
            stop = self.stops[number % len(self.stops)]
            where = {"checkpoint_id": stop["id"], "lat": stop["lat"], "lon": stop["lon"]}
            yield {"id": new_id(), "shift_id": self.shift_id, "at": now(), "seq": number, **where}


def on_their_way(product: Product, phones: int) -> list[Phone]:
    """So many phones, rounded up to whole squads, whose shifts have begun."""
    with product.postgres() as connection:
        people = [row[0] for row in connection.execute(FREE, [phones + phones % 2])]
    clerk, line = product.clerk(), Line(product.url)
    stops = _ask(line, "GET", "/patrol/checkpoints", clerk)["items"][:6]
    pairs = [people[n : n + 2] for n in range(0, len(people), 2)]
    return [phone for pair in pairs for phone in _start(product, line, clerk, pair, stops)]


def _start(product: Product, line: Line, clerk: str, pair: list[UUID], stops: list[dict]) -> list[Phone]:
    for person_id in pair:
        _ask(line, "PUT", f"/patrol/volunteers/{person_id}", clerk, PAPERS)
    crew, squad_id, code = [str(person_id) for person_id in pair], uuid4(), f"B{uuid4().hex[:6]}"
    squad = {"code": code, "name": f"测速队 {code}", "leader_id": crew[0], "route": [stop["id"] for stop in stops]}
    squad["members"] = [{"person_id": person_id} for person_id in crew]
    _ask(line, "PUT", f"/patrol/squads/{squad_id}", clerk, squad)
    begins = datetime.now(UTC) - timedelta(minutes=1)
    times = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=8)).isoformat()}
    shift = _ask(line, "POST", "/patrol/shifts", clerk, {"squad_id": str(squad_id), "crew": crew, **times})
    tokens = [product.signed_in(person_id) for person_id in pair]
    _ask(line, "POST", f"/patrol/shifts/{shift['id']}/start", tokens[0], {"at": now()})
    return [Phone(token, shift["id"], stops) for token in tokens]


def _ask(line: Line, method: str, path: str, token: str, body: dict | None = None) -> dict:
    return orjson.loads(line.exchange(request(method, path, token, body)))


def now() -> str:
    return datetime.now(UTC).isoformat()
