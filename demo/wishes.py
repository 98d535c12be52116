"""Small wishes of residents, written down at the desk, and how they came true."""

import random
from typing import Any

from demo import people
from demo.company import Company
from demo.desk import Desk
from demo.names import invented
from demo.needs import CLAIMED, TO_CHECK, WISHES
from demo.places import COMPOUNDS

#: Of the wishes that were brought, for so many the resident's word is still out.
UNCONFIRMED = 2
ON_BEHALF = {"on_behalf": True, "consent": True}
PLACES = {code: name for code, name, *_ in COMPOUNDS}
STEPS = {"asked": "accept", "open": "deliver"}
SAID = {"note": "居民来电话，说收到了，很高兴。"}


def load(company: Company, offers: dict[tuple[str, str], dict], known: dict[str, dict]) -> None:
    """Twenty-four that were brought, one that somebody would like to fulfil, one whose words tell too much."""
    desk, names = company.secretary, invented(random.Random(people.SEED + 1), {one.name for one in people.members()})
    for number, (title, what, unit, compound) in enumerate((*WISHES, CLAIMED)):
        need = known.get(title) or _written(desk, title, what, compound, next(names))
        if need["state"] == "verify":
            need = desk.post(f"/events/needs/{need['id']}/publish", version=need["version"])
        body = {"unit": unit, "amount": 1, "offer_id": offers[unit, what]["id"] if what else None}
        fulfil(desk, need, body, _how_far(number))
    title, text, what, compound = TO_CHECK
    if title not in known:
        _written(desk, title, what, compound, next(names), text=text)


def fulfil(desk: Desk, need: dict, body: dict[str, Any], how_far: str) -> None:
    """Take it on, once the matcher has found the offer; go on from wherever an interrupted run left it."""
    path = f"/events/needs/{need['id']}"
    if need["state"] == "closed":
        return
    if body["offer_id"]:
        desk.wait(f"{path}/matches", lambda found: body["offer_id"] in [one["offer"]["id"] for one in found["items"]])
    made = desk.post(f"{path}/claims", body, key=f"claim {need['id']} {body['unit']}")
    claim = next(one for one in desk.get(f"{path}/claims")["items"] if one["id"] == made["id"])
    while claim["state"] != how_far and claim["state"] in STEPS:
        claim = desk.post(f"/events/claims/{claim['id']}/{STEPS[claim['state']]}")
    if how_far == "confirmed" and claim["state"] == "delivered":
        desk.put(f"{path}/confirmation", SAID)


def _how_far(number: int) -> str:
    if number == len(WISHES):
        return "asked"
    return "delivered" if number >= len(WISHES) - UNCONFIRMED else "confirmed"


def _written(desk: Desk, title: str, what: str | None, compound: str, name: str, *, text: str = "") -> dict:
    """Whose wish it is is kept apart, sealed; the words are for everybody."""
    whose = {"name": name, "where": f"{PLACES[compound]}，到了先打电话"}
    body: dict[str, Any] = {"title": title, "text": text, "what": what, "place": {"compound": compound}}
    return desk.post("/events/wishes", {**body, "whose": whose, **ON_BEHALF}, key=f"wish {title}")
