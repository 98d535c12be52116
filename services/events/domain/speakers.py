"""The speaker bank: who agreed to speak, of what, when, and how often at most."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from services.events.domain.hall import news
from services.events.domain.scope import Asker
from services.events.models import Activity, Person, Speaker, Term, TermSlot, Topic
from shared.db import now
from shared.errors import Invalid, NotFound, Problem

#: How long somebody finds the lectures that they gave.
LOOK_BACK = timedelta(days=180)


class Withdrawn(Problem):
    """They are no speaker any more."""


def of(db: Session, asker: Asker) -> list[Speaker]:
    """Those of the units that one acts for, for clerks all; by their names, for nothing else orders people."""
    found = db.scalars(_visible(asker).where(Speaker.withdrawn_at.is_(None)).limit(1000)).all()
    return sorted(found, key=lambda speaker: (speaker.called, speaker.id))


def seen(db: Session, speaker_id: UUID, asker: Asker, *, lock: bool = False) -> Speaker:
    query = _visible(asker).where(Speaker.id == speaker_id)
    if lock:
        query = query.with_for_update(of=Speaker).execution_options(populate_existing=True)
    if (speaker := db.scalars(query).one_or_none()) is None:
        raise NotFound
    if speaker.withdrawn_at:
        raise Withdrawn
    return speaker


def of_person(db: Session, person_id: UUID) -> Speaker | None:
    query = _whole(select(Speaker)).where(Speaker.person_id == person_id, Speaker.withdrawn_at.is_(None))
    return db.scalars(query).one_or_none()


def add(
    db: Session, *, consent: str, topics: Sequence[str], person_id: UUID | None = None, name: str | None = None,
    unit_id: UUID | None = None, **facts: Any,
) -> Speaker:  # fmt: skip
    """Enter somebody who said yes: a member, or by name an expert of a unit."""
    if (person_id is None) == (name is None):
        raise Invalid(errors={"name": ["either_person_or_name"]})
    if person_id:
        unit_id = _member(db, person_id).unit_id
        if of_person(db, person_id):
            raise Invalid(errors={"person_id": ["speaks_already"]})
    speaker = Speaker(person_id=person_id, name=name, unit_id=unit_id, consent=consent, **_tidy(facts))
    speaker.topics = _topics(db, topics)
    db.add(speaker)
    db.flush()
    return speaker


def change(db: Session, speaker: Speaker, *, topics: Sequence[str], **facts: Any) -> Speaker:
    """From the next planning on; what is published stays."""
    for name, value in _tidy(facts).items():
        setattr(speaker, name, value)
    wanted = _topics(db, topics)
    if wanted != speaker.topics:
        speaker.topics = wanted
    db.flush()
    return speaker


def withdraw(db: Session, speaker: Speaker) -> None:
    """Their consent ends: no term that is still planned counts on them, and of an expert the name goes."""
    end(db, [speaker.id])
    db.refresh(speaker)


def leave(db: Session, person_ids: Sequence[UUID]) -> None:
    """People who are no members any more speak no more as such."""
    ids = select(Speaker.id).where(Speaker.person_id.in_(person_ids), Speaker.withdrawn_at.is_(None))
    end(db, db.scalars(ids).all())


def unit_left(db: Session, unit_ids: Sequence[UUID]) -> None:
    """A unit that is no member any more names nobody; its members are told of by members."""
    ids = select(Speaker.id).where(Speaker.unit_id.in_(unit_ids), Speaker.name.is_not(None))
    end(db, db.scalars(ids).all())


def end(db: Session, ids: Sequence[UUID]) -> None:
    """Their consent ends. What was announced needs somebody else: the desk is told, and no activity names them."""
    if not ids:
        return
    _give_up(db, _announced(db, TermSlot.speaker_id.in_(ids)))
    drafts = select(Term.id).where(Term.state == "draft")
    theirs = update(TermSlot).where(TermSlot.speaker_id.in_(ids), TermSlot.term_id.in_(drafts))
    gone = {"speaker_id": None, "why": [{"code": "speaker_withdrew"}]}
    db.execute(theirs.values(**gone), execution_options={"synchronize_session": False})
    speakers = update(Speaker).where(Speaker.id.in_(ids))
    facts = {"withdrawn_at": now(), "name": None, "version": Speaker.version + 1}
    db.execute(speakers.values(**facts), execution_options={"synchronize_session": False})


def decline(db: Session, person_id: UUID, activity_id: UUID) -> None:
    """They cannot speak this once: the desk looks for somebody else."""
    mine = select(Speaker.id).where(Speaker.person_id == person_id)
    lecture = _announced(db, TermSlot.speaker_id.in_(mine), TermSlot.activity_id == activity_id)
    if not lecture:
        raise NotFound
    _give_up(db, lecture)


def available(db: Session) -> Sequence[Speaker]:
    """All who may be asked, with what they can speak of."""
    return db.scalars(_whole(select(Speaker)).where(Speaker.withdrawn_at.is_(None)).order_by(Speaker.id)).all()


def lectures(db: Session, person_id: UUID | None = None) -> Sequence[TermSlot]:
    """Lectures to come, at the times that the activities have by now; or those of which a person speaks."""
    query = select(TermSlot).outerjoin(TermSlot.speaker).join(TermSlot.activity)
    to_come = (Activity.ends_at > now(), Activity.finished_at.is_(None))
    query = query.where(Activity.state == "published", Activity.reach == "all", *to_come)
    if person_id:
        query = query.where(Speaker.person_id == person_id)
    speaker = contains_eager(TermSlot.speaker).options(joinedload(Speaker.person), joinedload(Speaker.unit))
    whole = (contains_eager(TermSlot.activity), joinedload(TermSlot.topic), speaker)
    return db.scalars(query.options(*whole).order_by(Activity.starts_at, Activity.id).limit(200)).all()


def given(db: Session, person_id: UUID) -> Sequence[TermSlot]:
    """Lectures of theirs that are over from the last half year, the latest first."""
    query = select(TermSlot).join(TermSlot.speaker).join(TermSlot.activity).where(Speaker.person_id == person_id)
    query = query.where(Activity.finished_at.is_not(None), Activity.ends_at > now() - LOOK_BACK)
    whole = (contains_eager(TermSlot.activity), joinedload(TermSlot.topic))
    return db.scalars(query.options(*whole).order_by(Activity.starts_at.desc(), Activity.id).limit(20)).all()


def forget_person(db: Session, person_id: UUID) -> None:
    leave(db, [person_id])
    db.execute(
        update(Speaker).where(Speaker.person_id == person_id).values(person_id=None, version=Speaker.version + 1),
        execution_options={"synchronize_session": False},
    )


def _visible(asker: Asker) -> Any:
    found = _whole(select(Speaker))
    return found if asker.clerk else found.where(Speaker.unit_id.in_(asker.units))


def _whole(query: Any) -> Any:
    return query.options(joinedload(Speaker.person), joinedload(Speaker.unit), selectinload(Speaker.topics))


def _member(db: Session, person_id: UUID) -> Person:
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise Invalid(errors={"person_id": ["unknown"]})
    return person


def _topics(db: Session, codes: Sequence[str]) -> list[Topic]:
    found = list(db.scalars(select(Topic).where(Topic.code.in_(codes)).order_by(Topic.code)))
    if missing := set(codes) - {topic.code for topic in found}:
        raise Invalid(errors={"topics": [{"code": "unknown", "values": sorted(missing)}]})
    return found


def _tidy(facts: dict[str, Any]) -> dict[str, Any]:
    """Days as the database keeps them; an absence that ends before it begins is refused."""
    for number, one in enumerate(facts["away"]):
        if one["until"] < one["from"]:
            raise Invalid(errors={f"away.{number}.until": ["ends_before_start"]})
    away = [{name: one[name].isoformat() for name in ("from", "until")} for one in facts["away"]]
    return {**facts, "away": sorted(away, key=lambda one: one["from"]), "weekdays": sorted(set(facts["weekdays"]))}


def _announced(db: Session, *which: ColumnElement[bool]) -> Sequence[TermSlot]:
    query = select(TermSlot).join(TermSlot.activity).where(*which, TermSlot.starts_at > now())
    unit = joinedload(TermSlot.term).joinedload(Term.unit)
    whole = (contains_eager(TermSlot.activity), joinedload(TermSlot.topic), unit)
    return db.scalars(query.options(*whole).order_by(TermSlot.starts_at)).all()


def _give_up(db: Session, lectures: Sequence[TermSlot]) -> None:
    news.withdrew(db, lectures)
    for slot in lectures:
        slot.speaker, slot.why = None, [{"code": "speaker_withdrew"}]
        if slot.activity:
            slot.activity.summary = news.summary(slot)
    db.flush()
