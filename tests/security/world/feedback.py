"""Activities that are over: one of a unit with what people said of it, one's own, and one of which one spoke."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events import models as events
from shared.db import now
from tests.security.world import evening

SAID = {"overall": "good", "followed": "yes", "more": "maybe"}


def of_unit(db: Session, unit_id: UUID) -> dict[str, UUID]:
    """Three answers, one with a voice, of five people."""
    activity_id = _over(db, unit_id, *(uuid4() for _ in range(5)))
    voice = events.Feedback(who=uuid4().bytes, source="phone", voice=b"OggS", voice_kind="ogg", **SAID)
    answers = [voice, *(events.Feedback(source="paper", **SAID) for _ in range(2))]
    for answer in answers:
        answer.activity_id = activity_id
    db.add_all(answers)
    db.flush()
    return {"over_activity": activity_id, "voice": voice.id}


def of_person(db: Session, unit_id: UUID, person_id: UUID) -> dict[str, UUID]:
    """Whoever speaks of a lecture to come has spoken before."""
    speaker = db.query(events.Speaker).filter_by(person_id=person_id).one()
    to_come = db.query(events.TermSlot).filter_by(speaker_id=speaker.id).one()
    spoken = _over(db, unit_id)
    times = {"starts_at": now() - timedelta(hours=4), "ends_at": now() - timedelta(hours=2)}
    facts: dict[str, Any] = {
        "term_id": to_come.term_id,
        "topic_id": to_come.topic_id,
        "place": "小剧场",
        "why": [],
        **times,
    }
    db.add(events.TermSlot(number=9, speaker=speaker, activity_id=spoken, **facts))
    db.flush()
    return {"attended": _over(db, unit_id, person_id), "spoken": spoken}


def _over(db: Session, unit_id: UUID, *people: UUID) -> UUID:
    """An activity that is over, at which these people were."""
    activity_id = evening.activity(db, unit_id, "published", "all")
    activity = db.get_one(events.Activity, activity_id)
    activity.starts_at, activity.ends_at = now() - timedelta(hours=4), now() - timedelta(hours=2)
    activity.finished_at, activity.credit_minutes = now(), 120
    there = {"activity_id": activity_id, "source": "leader", "at": activity.starts_at, "credited": 120}
    db.add_all(events.Attendance(id=uuid4(), person_id=person_id, **there) for person_id in people)
    db.flush()
    return activity_id
