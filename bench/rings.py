"""From raising a call for hands to the first phone, next to a bare message of the same class to the same phone.

A crew is on its way, and the phone of one of them takes pushes from the demo's stand-in. The desk raises a drill: whom
it concerns is found out and written down, the ring goes out, and the phone rings. Then it is stood down, which is told
to the same people by the same class of message with nothing to find out: that is the peer. Both clocks start before the
request leaves and stop at the stand-in, on the same machine.

What limits it is what limits every message (inbox.py): four programs that wake one after the other; then the sender of
what is no alarm, which looks for it at once but shares one turn with all others. The clock of the rings strikes every
two seconds; the first ring does not wait for it, each later one waits for it at most that long.
"""

import time
from argparse import Namespace
from dataclasses import dataclass
from uuid import uuid4

import orjson
import requests

from bench.client import Line, Refused, request
from bench.crews import on_their_way
from bench.measure import Result, Row, percentile, rounds
from bench.product import Product

PATIENCE, LOOK = 60, 0.01
NEEDS = [{"task": "carry", "wanted": 1}]
#: The clock that looks for rings that are due.
TICK = 2.0
DESK = """
    SELECT person_id FROM members.grants WHERE role IN ('clerk', 'duty') AND person_id NOT IN
        (SELECT person_id FROM patrol.shift_crew JOIN patrol.shifts ON shifts.id = shift_id WHERE state = 'active')
    LIMIT 1
"""


@dataclass
class Rung:
    """Seconds until the phone rang, call by call: raised, and stood down."""

    raised: list[float]
    over: list[float]

    def __str__(self) -> str:
        return f"p50 raised {percentile(self.raised, 0.5):.3f} s, stood down {percentile(self.over, 0.5):.3f} s"


def measure(product: Product, options: Namespace) -> Result:
    member = on_their_way(product, 2)[1]
    desk, line, phone = product.signed_in(product.value(DESK)), Line(product.url), _new_phone(product)
    line.exchange(request("PUT", "/notify/me/channels/web_push", member.token, {"subscription": phone, "label": ""}))
    name = phone["endpoint"].rpartition("/")[2]
    many = max(options.samples // 10, 5)

    def calls() -> Rung:
        pairs = [_call(product, line, desk, name) for _ in range(many)]
        return Rung([raised for raised, _ in pairs], [over for _, over in pairs])

    calls()
    found = rounds(options.rounds, rings=calls)["rings"]
    return Result([row for share in (0.5, 0.99) for row in _rows(found, share)], [_note(many, options)])


def _rows(found: list[Rung], share: float) -> list[Row]:
    raised, over = ([percentile(getattr(one, name), share) for one in found] for name in ("raised", "over"))
    what = f"From raising a call to the first phone, p{share * 100:.0f}"
    return [
        Row(what, "s", raised, over, "a bare message of its class"),
        Row(what, "s", raised, [TICK] * len(raised), "the clock of the rings"),
    ]


def _note(many: int, options: Namespace) -> str:
    return f"{many} drills a round, one after the other, {options.rounds} rounds; each is stood down when it has rung."


def _call(product: Product, line: Line, desk: str, phone: str) -> tuple[float, float]:
    place = f"测速 {uuid4().hex[:8]}"
    drill = {"kind": "fire", "severity": "minor", "drill": True, "place": place, "words": "", "zone": None}
    before = len(_rang(product, phone))
    begun = time.time()
    made = orjson.loads(line.exchange(request("POST", "/patrol/responses", desk, drill | {"needs": NEEDS})))
    raised = _next(product, phone, before) - begun
    begun = time.time()
    line.exchange(request("POST", f"/patrol/responses/{made['id']}/stand-down", desk, {"words": ""}))
    return raised, _next(product, phone, before + 1) - begun


def _next(product: Product, phone: str, before: int) -> float:
    """The moment at which the phone had one message more."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if len(rang := _rang(product, phone)) > before:
            return rang[before]
        time.sleep(LOOK)
    raise Refused("the phone did not ring")


def _rang(product: Product, phone: str) -> list[float]:
    """When messages came for a phone."""
    asked = {"channel": "web_push", "to": phone}
    found = requests.get(f"{product.stack.phones}/_received", params=asked, timeout=10).json()
    if found["count"] > len(found["items"]):
        raise Refused("the stand-in shows only its newest messages")
    return [one["at"] for one in found["items"]]


def _new_phone(product: Product) -> dict:
    return requests.post(f"{product.stack.phones}/_phones", timeout=10).json()
