"""What flows through a storm: check-ins, one by one and a hundred at a time, trouble and activities, over HTTP.

The clients behave as our pages and the units' software do: what was not answered is sent again, with the same id or the
same Idempotency-Key, until it is accepted. What was accepted is written down; the ledger asks for it later.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any
from uuid import UUID

import requests

from bench.client import new_id
from bench.crews import Phone, now
from chaos.stage import Stage

#: Of a hundred things that happen so many are check-ins sent one by one, trouble, activities; an upload is the rest.
SINGLE, TROUBLES, ACTIVITIES, BATCH = 8, 8, 4, 80
DANGER = 0.1
CLIENTS = 8
AGAIN = 0.2
ENOUGH = 300


class Refused(Exception):
    """The product said no to what it should take."""


@dataclass
class Wish:
    """Something a client wants done. *ids*: of the rows that must come of it, or the title of an activity."""

    kind: str
    ids: list[str]
    method: str
    path: str
    token: str
    body: dict[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Accepted:
    """When a wish was first uttered, and when it was accepted; the wall clock's time."""

    wish: Wish
    asked: float
    at: float
    tries: int


@dataclass
class Load:
    """So many events at so many requests a second, by a few clients at once."""

    stage: Stage
    events: int
    rate: float
    seed: int
    accepted: list[Accepted] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    done: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def start(self) -> Thread:
        thread = Thread(target=self._run, daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        wishes: SimpleQueue[Wish | None] = SimpleQueue()
        clients = [Thread(target=self._client, args=(wishes,), daemon=True) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for wish in self._wishes():
            wishes.put(wish)
            Event().wait(1 / self.rate)
        for _ in clients:
            wishes.put(None)
        for client in clients:
            client.join()
        self.done.set()

    def _client(self, wishes: "SimpleQueue[Wish | None]") -> None:
        with requests.Session() as http:
            while wish := wishes.get():
                try:
                    self._insist(http, wish)
                except Refused as no:
                    self.refused.append(str(no))

    def _insist(self, http: requests.Session, wish: Wish) -> None:
        headers = {"Authorization": f"Bearer {wish.token}"} | ({"Idempotency-Key": wish.key} if wish.key else {})
        asked = time.time()
        for tries in range(1, int(ENOUGH / AGAIN)):
            if _done(http, f"{random.choice(self.stage.doors)}/api{wish.path}", wish, headers):
                with self._lock:
                    self.accepted.append(Accepted(wish, asked, time.time(), tries))
                return
            Event().wait(AGAIN)
        raise Refused(f"{wish.kind}: not accepted after {ENOUGH} s")

    def _wishes(self) -> Iterator[Wish]:
        chance, phones = random.Random(self.seed), self.stage.phones
        kinds = ["check_in"] * SINGLE + ["trouble"] * TROUBLES + ["activity"] * ACTIVITIES
        left = self.events
        while left > 0:
            mix = ["upload", *kinds]
            chance.shuffle(mix)
            for kind in mix:
                yield MAKERS[kind](chance, chance.choice(phones), self.stage)
            left -= BATCH + len(kinds)


def _done(http: requests.Session, url: str, wish: Wish, headers: dict[str, str]) -> bool:
    """Whether it was accepted; what may succeed later is not."""
    try:
        answer = http.request(wish.method, url, json=wish.body, headers=headers, timeout=15)
    except requests.RequestException:
        return False
    if answer.status_code >= 500 or answer.status_code in (408, 429):
        return False
    if answer.status_code >= 400:
        raise Refused(f"{wish.kind}: {answer.status_code} {answer.text[:300]}")
    said = answer.json()
    verdicts = said.get("results") or ([said] if "outcome" in said else [])
    if bad := [one for one in verdicts if one["outcome"] not in ("stored", "duplicate")]:
        raise Refused(f"{wish.kind}: {bad[0]}")
    return True


def _check_in(chance: random.Random, phone: Phone) -> dict[str, Any]:
    stop = chance.choice(phone.stops)
    where = {"checkpoint_id": stop["id"], "lat": stop["lat"], "lon": stop["lon"]}
    return {"id": new_id(), "shift_id": phone.shift_id, "at": now(), "seq": chance.randrange(1, 10_000), **where}


def check_in(chance: random.Random, phone: Phone, stage: Stage) -> Wish:
    body = _check_in(chance, phone)
    id = body.pop("id")
    return Wish("check_in", [id], "PUT", f"/patrol/check-ins/{id}", phone.token, body)


def upload(chance: random.Random, phone: Phone, stage: Stage) -> Wish:
    items = [{**_check_in(chance, phone), "kind": "check_in"} for _ in range(BATCH)]
    device = {"id": phone.shift_id, "now": now(), "page_session": "storm"}
    body = {"device": device, "items": items}
    return Wish("check_in", [item["id"] for item in items], "POST", "/patrol/uploads", phone.token, body, new_id())


def trouble(chance: random.Random, phone: Phone, stage: Stage) -> Wish:
    id, kind = new_id(), "gas_smell" if chance.random() < DANGER else "lamp"
    body = {"at": now(), "shift_id": phone.shift_id, "trouble": {"kind": kind, "words": "风暴", "place": "东门"}}
    return Wish("trouble", [id], "PUT", f"/patrol/troubles/{id}", phone.token, body)


def activity(chance: random.Random, phone: Phone, stage: Stage) -> Wish:
    begins = datetime.now(UTC) + timedelta(days=1)
    title = f"风暴 {UUID(new_id())}"
    body = {"title": title, "kind": "sport", "form": "on_site", "place": "操场", "capacity": 30, "unit": "U02"}
    body |= {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}
    body |= {"audience": {"everyone": True}, "submit": True}
    return Wish("activity", [title], "POST", "/events/activities", stage.unit, body, new_id())


MAKERS = {"check_in": check_in, "upload": upload, "trouble": trouble, "activity": activity}
