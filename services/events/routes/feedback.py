"""How it was: as one says it oneself, on paper, and what comes of it."""

from flask import Response, g, render_template, url_for
from flask_smorest import Blueprint

from services.events.domain import scope
from services.events.domain.feedback import answers, results, slips
from services.events.routes import open_words
from services.events.routes.asking import asker, me
from services.events.routes.attendance import to_take
from services.events.schemas import feedback as schemas
from shared import headers
from shared.auth import PERSON, needs
from shared.errors import Forbidden
from shared.idempotency import once

bp = Blueprint("feedback", __name__, description="How it was", template_folder="../paper", static_folder=None)

#: On a sheet of A4.
SLIPS = 8
SOUND = {"schema": {"type": "string", "format": "binary"}, "content_type": "audio/*"}


@bp.get("/activities/<uuid:activity_id>/feedback/mine")
@needs(PERSON)
@bp.response(200, schemas.MyFeedback)
def get_my_feedback(activity_id):
    """Whether one may say how it was, and what one said."""
    return answers.standing(g.db, scope.seen(g.db, activity_id, asker()), me())


@bp.put("/activities/<uuid:activity_id>/feedback/mine")
@needs(PERSON)
@bp.arguments(schemas.FeedbackIn)
@bp.response(200, schemas.MyFeedback)
def put_my_feedback(said, activity_id):
    """Say how it was, without one's name; again: say it otherwise."""
    activity = scope.seen(g.db, activity_id, asker())
    answers.give(g.db, activity.id, person_id=me(), **said)
    return answers.standing(g.db, activity, me())


@bp.get("/activities/<uuid:activity_id>/feedback")
@needs(PERSON)
@bp.response(200, schemas.FeedbackResults)
def get_feedback(activity_id):
    """What people said: for whoever spoke or led, clerks and the unit that held it."""
    who = asker()
    activity = scope.seen(g.db, activity_id, who)
    if not results.may_hear(g.db, activity, who):
        raise Forbidden
    return results.of(g.db, activity)


@bp.post("/activities/<uuid:activity_id>/feedback/slips")
@needs(PERSON)
@once
@bp.arguments(schemas.FeedbackSlip)
@bp.response(201, schemas.FeedbackResults)
def post_slip(said, activity_id):
    """Type in a slip of paper; never more than people of whom there is no answer yet."""
    activity = to_take(activity_id)
    slips.add(g.db, activity.id, by=me(), **said)
    return results.of(g.db, activity)


@bp.get("/activities/<uuid:activity_id>/feedback/paper")
@needs(PERSON)
@bp.response(200, {"type": "string"}, content_type="text/html")
def get_slips(activity_id):
    """Slips to print, eight on a sheet of A4."""
    facts = {"activity": to_take(activity_id), "say": open_words, "many": SLIPS}
    page = render_template("feedback_slips.html", style=url_for("papers.get_style", name="slips"), **facts)
    return Response(page, content_type="text/html; charset=utf-8", headers=headers.of_written())


@bp.get("/feedback/<uuid:voice_id>/voice")
@needs(PERSON)
@bp.response(200, **SOUND)
def get_voice(voice_id):
    """A voice note, for those who read the results."""
    found = results.voice(g.db, voice_id, asker())
    return Response(found.voice, content_type=f"audio/{found.voice_kind}")
