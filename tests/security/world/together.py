"""Calls for hands and weather, as patrol keeps them."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.patrol.models import Response, ResponseCall, WeatherMode
from shared.db import now

#: Of each weather one is on at a time.
WEATHER = ("cold", "heat", "storm")


def of_squad(db: Session, number: int, crew: list[UUID]) -> dict[str, Any]:
    """A drill that goes on, to which this crew was called, one that is over, and weather that is on."""
    desk = crew[0]
    going_on, over = _drill(db, desk), _drill(db, desk, state="stood_down", stood_down_at=now(), next_at=None)
    db.add_all(ResponseCall(response_id=going_on, person_id=one, ring=0, asked_at=now()) for one in crew)
    weather = WeatherMode(weather=WEATHER[number - 1], level="blue", words="", since=now(), raised_by=desk)
    db.add(weather)
    db.flush()
    return {"response": going_on, "response_over": over, "weather": weather.id}


def _drill(db: Session, desk: UUID, **facts: Any) -> UUID:
    words = {"kind": "fire", "severity": "major", "drill": True, "place": "三号楼", "words": ""}
    needs = [{"task": "carry", "wanted": 20}]
    made = Response(**words, needs=needs, raised_by=desk, **{"ring": 0, "next_at": now()} | facts)
    db.add(made)
    db.flush()
    return made.id
