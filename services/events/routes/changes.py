"""When plans change: postponed, withdrawn, back again; and which other date would suit."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import changes, polls, scope
from services.events.routes.asking import asker, me, noted, to_change
from services.events.schemas import activities as words
from services.events.schemas import changes as schemas
from shared.auth import PERSON, actor, needs
from shared.web import IF_MATCH

bp = Blueprint("changes", __name__, description="When plans change")


@bp.post("/activities/<uuid:activity_id>/postpone")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.Postponement)
@bp.response(200, words.Activity)
@bp.doc(parameters=[IF_MATCH])
def postpone_activity(change, activity_id):
    """To another time, or to one that is still open; seats are kept, and whoever has one is told why."""
    return noted("postponed", changes.postpone(g.db, to_change(activity_id).id, **change))


@bp.post("/activities/<uuid:activity_id>/withdraw")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(words.Reason)
@bp.response(200, words.Activity)
@bp.doc(parameters=[IF_MATCH])
def withdraw_activity(why, activity_id):
    """Take back what was published, and work on it again; whoever signed up is told why."""
    return noted("withdrawn", changes.withdraw(g.db, to_change(activity_id).id, **why))


@bp.post("/activities/<uuid:activity_id>/restore")
@needs("clerk", "liaison", scope="activities:write")
@bp.response(200, words.Activity)
@bp.doc(parameters=[IF_MATCH])
def restore_activity(activity_id):
    """What was called off takes place after all."""
    return noted("restored", changes.restore(g.db, to_change(activity_id).id))


@bp.get("/activities/<uuid:activity_id>/poll")
@needs(PERSON, scope="activities:read")
@bp.response(200, schemas.PollNow)
def get_poll(activity_id):
    """The dates from which people may choose, how many each suits, and one's own answer."""
    activity = scope.seen(g.db, activity_id, asker())
    return {"poll": polls.counted(g.db, activity.id, actor().person_id)}


@bp.put("/activities/<uuid:activity_id>/poll/answer")
@needs(PERSON)
@bp.arguments(schemas.PollAnswer)
@bp.response(200, schemas.PollAnswer)
def put_poll_answer(said, activity_id):
    """Say which dates suit."""
    activity = scope.seen(g.db, activity_id, asker())
    return polls.answer(g.db, activity.id, person_id=me(), **said)


@bp.post("/activities/<uuid:activity_id>/poll/choose")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.Choice)
@bp.response(200, words.Activity)
@bp.doc(parameters=[IF_MATCH])
def choose_date(choice, activity_id):
    """End the poll: it takes place on this date."""
    return noted("dated", polls.choose(g.db, to_change(activity_id).id, **choice))
