"""The link in a message: its holder answers without signing in."""

from typing import Any

from flask import g
from flask_smorest import Blueprint

from services.notify.domain import answers, links
from services.notify.domain.answer_words import ASK
from services.notify.models import Message, Text
from services.notify.schemas.messages import AnswerIn, LinkOut
from shared.auth import PUBLIC, needs
from shared.db import enter, find

bp = Blueprint("answers", __name__, description="Answers by the link in a message")


@bp.get("/a/<string:token>")
@needs(PUBLIC)
@bp.response(200, LinkOut)
def look(token):
    """What is asked; looking changes nothing"""
    return _shown(_opened(token))


@bp.post("/a/<string:token>")
@needs(PUBLIC)
@bp.arguments(AnswerIn)
@bp.response(200, LinkOut)
def answer(body, token):
    """Answer for the person to whom the message went"""
    message = _opened(token)
    assert message.person_id  # noqa: S101  links are made for persons only
    answered = answers.answer(g.db, message.id, person_id=message.person_id, answer=body["answer"], way="link")
    return _shown(answered)


def _opened(token: str) -> Message:
    link = links.read(token)
    links.check(link)
    enter(g.db, link.committee_id)
    return find(g.db, Message, link.message_id)


def _shown(message: Message) -> dict[str, Any]:
    text = find(g.db, Text, (message.event_id, message.rule_id, message.language))
    return {
        "title": text.title or "",
        "body_public": ASK[message.language],
        "language": message.language,
        "answers": answers.choices_of(message),
        "answered": answers.who_answered(g.db, message),
    }
