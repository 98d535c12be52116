"""The lecture hall, troupes, ten services and jobs."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events import models as events
from shared.db import now

WHEN = {"starts_at": now() + timedelta(days=2), "ends_at": now() + timedelta(days=2, hours=1)}


def of_unit(db: Session, unit_id: UUID, number: int, stranger: UUID) -> dict[str, Any]:
    """A topic, a speaker, a term, a troupe that a stranger leads, a service, a request, and jobs in each state."""
    topic = _topic(db, number)
    service = _service(db, unit_id, number)
    troupe, _ = _troupe(db, stranger)
    jobs = {f"{name}_job": _job(db, unit_id, state) for name, state in STATES_OF_JOBS.items()}
    return {
        "topic": topic.code, "speaker": _speaker(db, unit_id), "term": _term(db, unit_id, topic), "troupe": troupe,
        "lecture": _lecture(db, unit_id, topic, None),
        "unit_invitation": _invitation(db, troupe, unit_id), "service_number": number, "service_name": service.name,
        "unit_request": _request(db, service, unit_id, None, "asked"), **jobs,
    }  # fmt: skip


def of_person(db: Session, unit_id: UUID, person_id: UUID) -> dict[str, UUID]:
    """A troupe that they lead with an invitation, what they asked for, and a job to which they were referred."""
    troupe, member = _troupe(db, person_id)
    service = _service(db, unit_id, None)
    job = _job(db, unit_id, "published")
    referral = events.Referral(job_id=job, person_id=person_id, consent="self")
    db.add(referral)
    db.flush()
    return {
        "led_troupe": troupe, "roster_member": member, "led_invitation": _invitation(db, troupe, unit_id),
        "own_request": _request(db, service, unit_id, person_id, "asked"),
        "done_request": _request(db, service, unit_id, person_id, "done"),
        "referred_job": job, "referral": referral.id, "own_lecture": _own_lecture(db, unit_id, person_id),
    }  # fmt: skip


STATES_OF_JOBS = {"draft": "draft", "submitted": "submitted", "open": "published"}


def _topic(db: Session, number: int) -> events.Topic:
    facts: dict[str, Any] = {"about": "", "group": "law", "form": "classroom", "months": [], "place": None}
    made = events.Topic(code=f"TOPIC{number}", name="反诈防骗", needs_speaker=False, active=True, **facts)
    db.add(made)
    db.flush()
    return made


def _speaker(db: Session, unit_id: UUID) -> UUID:
    made = events.Speaker(
        name="钱教授", unit_id=unit_id, load_cap=3, weekdays=[], away=[], announced=False, consent="paper"
    )
    db.add(made)
    db.flush()
    return made.id


def _term(db: Session, unit_id: UUID, topic: events.Topic) -> UUID:
    today = now().date()
    facts: dict[str, Any] = {"wanted": [{"weekday": 2, "start_time": "19:00", "minutes": 90}], "rooms": []}
    made = events.Term(
        unit_id=unit_id, name="春季", starts_on=today, ends_on=today + timedelta(days=30), repeats=1, **facts
    )
    later = {name: moment + timedelta(days=7) for name, moment in WHEN.items()}
    made.slots = [
        events.TermSlot(number=1, topic_id=topic.id, place="大讲堂", why=[], **WHEN),
        events.TermSlot(number=2, place="大讲堂", why=[], **later),
    ]
    db.add(made)
    db.flush()
    return made.id


def _lecture(db: Session, unit_id: UUID, topic: events.Topic, speaker: events.Speaker | None) -> UUID:
    """A lecture that is published."""
    facts: dict[str, Any] = {"summary": "", "kind": "lecture", "place": "小剧场", "audience": {"everyone": True}}
    facts |= {"reach": "all", "posted_by": "test", "state": "published", "published_at": now()}
    made = events.Activity(unit_id=unit_id, title=topic.name, **WHEN, **facts)
    db.add(made)
    db.flush()
    slot: dict[str, Any] = {
        "topic_id": topic.id,
        "speaker": speaker,
        "place": "小剧场",
        "why": [],
        "activity_id": made.id,
    }
    db.add(events.TermSlot(term_id=_term(db, unit_id, topic), number=3, **WHEN, **slot))
    db.flush()
    return made.id


def _own_lecture(db: Session, unit_id: UUID, person_id: UUID) -> UUID:
    """One of which they speak."""
    topic = db.query(events.Topic).first()
    assert topic
    limits: dict[str, Any] = {"load_cap": 3, "weekdays": [], "away": [], "announced": False}
    speaker = events.Speaker(person_id=person_id, consent="self", topics=[topic], **limits)
    return _lecture(db, unit_id, topic, speaker)


def _troupe(db: Session, leader_id: UUID) -> tuple[UUID, UUID]:
    facts: dict[str, Any] = {"discipline": "choir", "about": "", "rehearsals": [], "repertoire": []}
    made = events.Troupe(name=f"合唱队{uuid4().hex[:6]}", leader_id=leader_id, **facts)
    db.add(made)
    db.flush()
    member = events.TroupeMember(troupe_id=made.id, name="刘大姐", part="")
    db.add(member)
    db.flush()
    return made.id, member.id


def _invitation(db: Session, troupe_id: UUID, unit_id: UUID) -> UUID:
    facts = {"title": "联欢会", "place": "小剧场", "wishes": ""}
    made = events.TroupeInvitation(troupe_id=troupe_id, unit_id=unit_id, **WHEN, **facts)
    db.add(made)
    db.flush()
    return made.id


def _service(db: Session, unit_id: UUID, number: int | None) -> events.FamilyService:
    """The service with this number; without one, the one that was made last."""
    if number is None:
        known = db.query(events.FamilyService).order_by(events.FamilyService.number.desc()).first()
        assert known
        return known
    made = events.FamilyService(number=number, name=f"SERVICE{number}", about="", skills=[], things=[], unit_kinds=[])
    kinds = ("adults", "elders")
    made.cells = [events.ServiceCell(family_type=kind, unit_id=unit_id, slots=1) for kind in kinds]
    db.add(made)
    db.flush()
    return made


def _request(db: Session, service: events.FamilyService, unit_id: UUID, person_id: UUID | None, state: str) -> UUID:
    made = events.ServiceRequest(
        service_id=service.id, family_type="elders", unit_id=unit_id, person_id=person_id, state=state
    )
    db.add(made)
    db.flush()
    return made.id


def _job(db: Session, unit_id: UUID, state: str) -> UUID:
    words = dict.fromkeys(("hours", "pay", "place", "contact"), "面议")
    made = events.Job(
        unit_id=unit_id, title="收银员", about="", openings=1, until=now().date() + timedelta(days=20), state=state,
        **words,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made.id
