"""A person's messages, and news of them as they come."""

from flask import Response, g
from flask_smorest import Blueprint

from services.notify.domain import answers
from services.notify.domain import inbox as messages
from services.notify.models import Message
from services.notify.routes.me import me
from services.notify.schemas.messages import AnswerIn, InboxCount, InboxQuery, MessageOut
from shared import live
from shared.auth import PERSON, needs, still_admitted
from shared.page import page, paged

bp = Blueprint("inbox", __name__, description="Messages to a person")


@bp.get("/inbox")
@needs(PERSON)
@bp.arguments(InboxQuery, location="query")
@bp.response(200, paged(MessageOut))
def list_messages(query):
    """My messages, the newest first"""
    mine = messages.messages_of(me(), unread=query["unread"])
    found = page(g.db, mine, [Message.id], cursor=query["cursor"], limit=query["limit"], newest_first=True)
    return {**found, "items": [messages.shown(*row) for row in found["items"]]}


@bp.get("/inbox/count")
@needs(PERSON)
@bp.response(200, InboxCount)
def count():
    """How many of my messages are unread, and how many wait for an answer"""
    return messages.count(g.db, me())


@bp.get("/inbox/stream")
@needs(PERSON)
@bp.response(200, {"type": "string"}, content_type="text/event-stream")
@bp.alt_response(503, description="No room for another stream: poll /inbox/count")
def stream() -> Response:
    """News of my inbox, as server-sent events"""
    return live.stream("notify", f"inbox:{me()}", "inbox", allowed=still_admitted())


@bp.get("/inbox/<uuid:message_id>")
@needs(PERSON)
@bp.response(200, MessageOut)
def get_message(message_id):
    """One of my messages"""
    return messages.message_of(g.db, me(), message_id)


@bp.post("/inbox/<uuid:message_id>/read")
@needs(PERSON)
@bp.response(204)
def read(message_id):
    """I have read this"""
    messages.read(g.db, me(), message_id)


@bp.post("/inbox/read-all")
@needs(PERSON)
@bp.response(204)
def read_all():
    """I have read everything"""
    messages.read_all(g.db, me())


@bp.post("/inbox/<uuid:message_id>/answer")
@needs(PERSON)
@bp.arguments(AnswerIn)
@bp.response(200, MessageOut)
def answer(body, message_id):
    """Answer a message that asks for it"""
    answers.answer(g.db, message_id, person_id=me(), answer=body["answer"], way="page")
    return messages.message_of(g.db, me(), message_id)
