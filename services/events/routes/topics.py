"""Topics of the lecture hall, and votes for them."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import topics
from services.events.models import Topic
from services.events.routes.asking import me
from services.events.schemas import hall as schemas
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.idempotency import once
from shared.web import IF_MATCH, match, tag

bp = Blueprint("topics", __name__, description="What the lecture hall could speak of, and what people would like")


@bp.get("/topics")
@needs(PERSON)
@bp.response(200, schemas.Topics)
def list_topics():
    """All topics by group, with how many would like to hear of each."""
    return {"items": topics.counted(g.db, topics.every(g.db), actor().person_id)}


@bp.post("/topics")
@needs("clerk")
@once
@bp.arguments(schemas.TopicPosting)
@bp.response(201, schemas.Topic)
def post_topic(facts):
    """Add a topic."""
    return _noted("added", topics.add(g.db, **facts))


@bp.put("/topics/<code>")
@needs("clerk")
@bp.arguments(schemas.TopicFacts)
@bp.response(200, schemas.Topic)
@bp.doc(parameters=[IF_MATCH])
def put_topic(facts, code):
    """Change a topic; one that is not active is planned no more."""
    topic = match(topics.seen(g.db, code, lock=True))
    return _noted("changed", topics.change(g.db, topic, **facts))


@bp.put("/topics/<code>/vote")
@needs(PERSON)
@bp.response(204)
def put_vote(code):
    """Say that one would like to hear of it; only how many do is shown."""
    topics.vote(g.db, topics.seen(g.db, code), person_id=me())


@bp.delete("/topics/<code>/vote")
@needs(PERSON)
@bp.response(204)
def delete_vote(code):
    """Take one's vote back."""
    topics.take_back(g.db, topics.seen(g.db, code), person_id=me())


@bp.put("/topics/<code>/tally")
@needs("clerk")
@bp.arguments(schemas.Tally)
@bp.response(200, schemas.Topic)
def put_tally(counted, code):
    """Enter how many votes on paper were counted on a day, of residents without an account."""
    topic = topics.seen(g.db, code)
    topics.tally(g.db, topic, **counted)
    return _noted("tallied", topic)


def _noted(done: str, topic: Topic) -> Topic:
    record(g.db, f"events.topic_{done}", "topic", topic.id)
    topics.counted(g.db, [topic], actor().person_id)
    return tag(topic)
