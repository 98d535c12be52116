"""What events and patrol keep: activities and seats; a squad with its shifts, what it reported, and calls for help."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events import models as events
from services.patrol import models as patrol
from shared.crypto import hashed, new_token
from shared.db import now

EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}
MINUTE = timedelta(minutes=1)

#: States of what was published.
PUBLISHED = ("published", "postponed", "called_off")


def activities(db: Session, unit_id: UUID, reach: str = "all") -> dict[str, UUID]:
    """One of a unit's activities in each of the states in which it matters who asks."""
    return {state: activity(db, unit_id, state, reach) for state in ("draft", "submitted", "published")}


def seat(db: Session, unit_id: UUID, person_id: UUID) -> UUID:
    """An activity to which this person goes."""
    activity_id = activity(db, unit_id, "published", "all")
    db.add(events.SignUp(activity_id=activity_id, person_id=person_id, state="going"))
    return activity_id


def feed(db: Session, person_id: UUID) -> str:
    """The secret of a person's calendar."""
    secret = new_token()
    db.add(events.Feed(person_id=person_id, secret=hashed(secret)))
    return secret


def squad(db: Session, number: int, leader: UUID, crew: list[UUID]) -> dict[str, Any]:
    """A squad in a zone of its own, with a shift under way, one to come, and what the first of the crew reported."""
    mate, zone = crew[0], f"C{number}"
    db.add(patrol.Zone(code=zone, name=zone, active=True, changed_at=now()))
    place = patrol.Checkpoint(code=f"P{number}", number=number, name="东门", zone=zone, qr_token=new_token())
    made = patrol.Squad(code=f"SQ{number}", name=f"夜安{number}队", leader_id=leader, zone=zone)
    made.members = [patrol.SquadMember(person_id=person_id) for person_id in crew]
    db.add_all([place, made])
    for person_id in {leader, *crew}:
        volunteer(db, person_id)
    db.flush()
    under_way = _shift(db, made, crew, -30, state="active", started_at=now() - 30 * MINUTE, started_by=mate)
    planned = _shift(db, made, crew, 35)
    reported = {"check_in": _check_in(db, under_way, mate), "trouble": _trouble(db, under_way, mate)}
    return {"squad": made.id, "checkpoint": place.id, "under_way": under_way, "planned": planned, **reported}


def volunteer(db: Session, person_id: UUID) -> None:
    """Somebody who may be on a crew."""
    if db.get(patrol.Volunteer, person_id):
        return
    valid = dict.fromkeys(("trained_until", "insured_until"), (now() + timedelta(days=400)).date())
    db.add(patrol.Volunteer(person_id=person_id, free=[], **valid))


def call(db: Session, person_id: UUID, shift_id: UUID | None) -> UUID:
    """A call for help."""
    made = patrol.Sos(id=uuid4(), person_id=person_id, shift_id=shift_id, device_at=now(), raised_at=now())
    db.add(made)
    db.flush()
    return made.id


def activity(db: Session, unit_id: UUID, state: str, reach: str) -> UUID:
    """A unit's activity in this state."""
    starts_at = now() + timedelta(days=1)
    words = {"title": "羽毛球赛", "summary": "", "kind": "sport", "place": "操场", "audience": EVERYONE}
    made = events.Activity(
        unit_id=unit_id, state=state, reach=reach, posted_by="test", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2), published_at=now() if state in PUBLISHED else None, **words,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made.id


def _shift(db: Session, squad: patrol.Squad, crew: list[UUID], minutes: int, **facts: Any) -> UUID:
    starts_at = now() + minutes * MINUTE
    made = patrol.Shift(squad=squad, starts_at=starts_at, ends_at=starts_at + 60 * MINUTE, **facts)
    made.crew = [patrol.Crew(person_id=person_id, role="member", stand_in=False) for person_id in crew]
    db.add(made)
    db.flush()
    return made.id


def _check_in(db: Session, shift_id: UUID, person_id: UUID) -> UUID:
    made = patrol.CheckIn(shift_id=shift_id, device_id="x", how="tap", note="", **_report(person_id))
    db.add(made)
    db.flush()
    return made.id


def _trouble(db: Session, shift_id: UUID, person_id: UUID) -> UUID:
    made = patrol.Trouble(shift_id=shift_id, place="东门", kind="lamp", words="路灯不亮", **_report(person_id))
    db.add(made)
    db.flush()
    return made.id


def _report(person_id: UUID) -> dict[str, Any]:
    times = dict.fromkeys(("device_at", "received_at", "happened_at"), now())
    return {"id": uuid4(), "person_id": person_id, "content": b"", "time_quality": "device", **times}
