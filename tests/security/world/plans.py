"""What comes again, and plans that changed."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events import models as events
from shared.db import now
from tests.security.world import evening

EVERYONE = evening.EVERYONE


def of_unit(db: Session, unit_id: UUID, reach: str = "all") -> dict[str, UUID]:
    """A unit's series in each state in which it matters who asks, a template, and activities whose plan changed."""
    series = {f"{state}_series": _series(db, unit_id, state, reach) for state in ("draft", "submitted", "published")}
    changed = {
        "called_off": evening.activity(db, unit_id, "called_off", reach),
        "dateless": _dateless(db, unit_id, reach),
    }
    plan = events.Template(unit_id=unit_id, name="讲座", plan={"title": "讲座"})
    db.add(plan)
    db.flush()
    open_one = {"open_series": series["published_series"]} if reach == "all" else {}
    return {**series, **changed, **open_one, "plan": plan.id}


def of_person(db: Session, unit_id: UUID, person_id: UUID, giver: UUID) -> dict[str, UUID]:
    """A seat in what has no date yet, and somebody's seat on offer to this person."""
    dateless, offered = _dateless(db, unit_id, "all"), evening.seat(db, unit_id, giver)
    swap = events.Swap(activity_id=offered, from_id=giver, to_id=person_id)
    db.add_all([swap, events.SignUp(activity_id=dateless, person_id=person_id, state="going")])
    db.flush()
    return {"seat_without_date": dateless, "swap": swap.id}


def group(db: Session) -> str:
    """The code of a group."""
    db.add(events.Label(kind="group", code="SG1", name="摄影", active=True, changed_at=now()))
    return "SG1"


def _dateless(db: Session, unit_id: UUID, reach: str) -> UUID:
    activity_id = evening.activity(db, unit_id, "postponed", reach)
    later = now() + timedelta(days=9)
    option = {"starts_at": later.isoformat(), "ends_at": (later + timedelta(hours=1)).isoformat()}
    db.add(events.Poll(activity_id=activity_id, options=[option]))
    db.flush()
    return activity_id


def _series(db: Session, unit_id: UUID, state: str, reach: str) -> UUID:
    facts: dict[str, Any] = {"title": "健身操", "summary": "", "kind": "sport", "place": "操场", "audience": EVERYONE}
    facts |= {
        "rule": "FREQ=WEEKLY",
        "starts_on": now().date() + timedelta(days=2),
        "start_time": time(19),
        "minutes": 60,
    }
    published_at = now() if state == "published" else None
    made = events.Series(
        unit_id=unit_id, state=state, reach=reach, posted_by="test", published_at=published_at, seasons=[], days="all",
        **facts,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made.id
