"""A plan becomes activities, all at once: one piece of news for all of them, and one for each who speaks."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import topics
from services.events.domain.hall import calendar, news, rooms, terms
from services.events.domain.hall.rooms import RoomTaken
from services.events.models import Activity, Term, TermSlot, Topic
from shared.db import now
from shared.errors import Problem

EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}


class NothingPlanned(Problem):
    """No lecture of this term is ready: each needs a topic, a place, and who speaks."""


def publish(db: Session, term_id: UUID, *, posted_by: str) -> Term:
    """Whatever is ready takes place. Its topics begin at no votes again; what is not ready is left out."""
    term = terms.to_plan(db, term_id)
    ready = [slot for slot in term.slots if _is_ready(slot)]
    if not ready:
        raise NothingPlanned
    rooms.hold_still(db, term)
    if against := calendar.collisions(db, term, ready):
        raise RoomTaken(slots=sorted(against))
    made = [_activity(term, slot, slot.topic, posted_by) for slot in ready if slot.topic]
    db.add_all(made)
    db.flush()
    for slot, activity in zip(ready, made, strict=True):
        slot.activity_id = activity.id
    rooms.book(db, term, ready)
    term.state, term.published_at = "published", now()
    terms.touch(term)
    db.flush()
    topics.forget_votes(db, {slot.topic_id for slot in ready if slot.topic_id})
    news.published(db, term, ready, audience=EVERYONE)
    return term


def _is_ready(slot: TermSlot) -> bool:
    if slot.topic is None or slot.place is None or slot.starts_at <= now():
        return False
    return slot.speaker_id is not None or not slot.topic.needs_speaker


def _activity(term: Term, slot: TermSlot, topic: Topic, posted_by: str) -> Activity:
    return Activity(
        unit_id=term.unit_id, title=topic.name, summary=news.summary(slot), kind="lecture", form=topic.form,
        place=slot.place, capacity=_capacity(term, slot), audience=EVERYONE, reach="all", posted_by=posted_by,
        starts_at=slot.starts_at, ends_at=slot.ends_at, state="published", published_at=now(),
    )  # fmt: skip


def _capacity(term: Term, slot: TermSlot) -> int | None:
    """As many as the term wants, but no more than the room takes."""
    room = next((room["capacity"] for room in term.rooms if room["name"] == slot.place), None)
    return min((figure for figure in (term.capacity, room) if figure is not None), default=None)
