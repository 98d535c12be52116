"""Topics of the lecture hall, and how many would like to hear of each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain.series.making import today
from services.events.models import Speaker, SpeakerTopic, Topic, TopicTally, TopicVote
from shared.db import now
from shared.errors import Invalid, NotFound


def seen(db: Session, code: str, *, lock: bool = False) -> Topic:
    query = select(Topic).where(Topic.code == code)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    if (topic := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return topic


def every(db: Session, *, active: bool | None = None) -> Sequence[Topic]:
    """All of them by group; there are some dozens."""
    query = select(Topic).order_by(Topic.group, Topic.code).limit(500)
    return db.scalars(query if active is None else query.where(Topic.active == active)).all()


def add(db: Session, **facts: Any) -> Topic:
    topic = Topic(**_tidy(facts))
    db.add(topic)
    db.flush()
    return topic


def change(db: Session, topic: Topic, **facts: Any) -> Topic:
    for name, value in _tidy(facts).items():
        setattr(topic, name, value)
    db.flush()
    return topic


def vote(db: Session, topic: Topic, *, person_id: UUID) -> None:
    """One would like to hear of it; twice is once."""
    if not topic.active:
        raise Invalid(errors={"code": ["not_offered"]})
    row = {"topic_id": topic.id, "person_id": person_id, "at": now()}
    db.execute(insert(TopicVote).values(row).on_conflict_do_nothing())


def take_back(db: Session, topic: Topic, *, person_id: UUID) -> None:
    db.execute(delete(TopicVote).where(TopicVote.topic_id == topic.id, TopicVote.person_id == person_id))


def tally(db: Session, topic: Topic, *, on: date, count: int) -> None:
    """So many votes on paper were counted on this day; counted again, they count once."""
    if on > today():
        raise Invalid(errors={"on": ["in_the_future"]})
    told = insert(TopicTally).values(topic_id=topic.id, on=on, count=count)
    db.execute(told.on_conflict_do_update(constraint="topic_tallies_pkey", set_={"count": count}))


def forget_votes(db: Session, topic_ids: Iterable[UUID]) -> None:
    """These were heard: whoever wants to hear of them again says so again."""
    ids = list(topic_ids)
    db.execute(delete(TopicVote).where(TopicVote.topic_id.in_(ids)))
    db.execute(delete(TopicTally).where(TopicTally.topic_id.in_(ids)))


def counted(db: Session, topics: Sequence[Topic], person_id: UUID | None) -> Sequence[Topic]:
    """Write on each how many voted, how many can speak of it, and whether this person voted: one query for all."""
    by_id = {topic.id: topic for topic in topics}
    for id, votes, paper, speakers, mine in db.execute(_counts(by_id, person_id)):
        topic = by_id[id]
        topic.votes, topic.speakers, topic.mine = votes + paper, speakers, mine
    return topics


def _counts(ids: Iterable[UUID], person_id: UUID | None) -> Any:
    votes = select(func.count()).where(TopicVote.topic_id == Topic.id)
    paper = select(func.coalesce(func.sum(TopicTally.count), 0)).where(TopicTally.topic_id == Topic.id)
    speakers = select(func.count()).select_from(SpeakerTopic).join(Speaker, Speaker.id == SpeakerTopic.speaker_id)
    speakers = speakers.where(SpeakerTopic.topic_id == Topic.id, Speaker.withdrawn_at.is_(None))
    mine = select(TopicVote.person_id).where(TopicVote.topic_id == Topic.id, TopicVote.person_id == person_id)
    parts = (votes.scalar_subquery(), paper.scalar_subquery(), speakers.scalar_subquery(), mine.exists())
    return select(Topic.id, *parts).where(Topic.id.in_(list(ids)))


def _tidy(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "months": sorted(set(facts["months"]))}


def leave(db: Session, person_ids: Sequence[UUID]) -> None:
    """Votes of people who are no members any more do not count."""
    db.execute(delete(TopicVote).where(TopicVote.person_id.in_(person_ids)))
