"""The speaker bank: oneself, and those whom units name."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import scope, speakers
from services.events.models import Speaker
from services.events.routes.asking import asker, me
from services.events.schemas import hall as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.errors import Forbidden
from shared.idempotency import once
from shared.web import IF_MATCH, match, tag

bp = Blueprint("speakers", __name__, description="Who agreed to speak, of what, when and how often")


@bp.get("/me/speaker")
@needs(PERSON)
@bp.response(200, schemas.MySpeaking)
def get_my_speaking():
    """One's own entry, one's lectures to come, and those that one gave."""
    lectures = {"lectures": speakers.lectures(g.db, me()), "given": speakers.given(g.db, me())}
    return {"speaker": speakers.of_person(g.db, me()), **lectures}


@bp.put("/me/speaker")
@needs(PERSON)
@bp.arguments(schemas.OwnConsent)
@bp.response(200, schemas.Speaker)
def put_my_speaking(said):
    """Say of what one would speak, when, and how often; again: say it anew."""
    said.pop("consent")
    mine = speakers.of_person(g.db, me())
    if mine:
        return _noted("changed", speakers.change(g.db, mine, **said))
    return _noted("entered", speakers.add(g.db, person_id=me(), consent="self", **said))


@bp.delete("/me/speaker")
@needs(PERSON)
@bp.response(204)
def delete_my_speaking():
    """Speak no more. If lectures were announced, the desk looks for somebody else."""
    if mine := speakers.of_person(g.db, me()):
        speakers.withdraw(g.db, mine)


@bp.delete("/me/lectures/<uuid:activity_id>")
@needs(PERSON)
@bp.response(204)
def delete_my_lecture(activity_id):
    """Not be able to speak this once: the desk looks for somebody else."""
    speakers.decline(g.db, me(), activity_id)


@bp.get("/lectures")
@needs(PERSON)
@bp.response(200, schemas.Programme)
def list_lectures():
    """The programme: lectures to come, and who speaks if they want to be named."""
    return {"items": speakers.lectures(g.db)}


@bp.get("/speakers")
@needs("clerk", "liaison")
@bp.response(200, schemas.Speakers)
def list_speakers():
    """Speakers by their names: those of one's unit, for clerks all."""
    return {"items": speakers.of(g.db, asker())}


@bp.post("/speakers")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.SpeakerPosting)
@bp.response(201, schemas.Speaker)
def post_speaker(posting):
    """Enter a member who agreed, or by name an expert of one's unit."""
    unit = scope.unit_of(g.db, asker(), posting.pop("unit")) if posting["name"] else None
    posting.pop("unit", None)
    made = speakers.add(g.db, unit_id=unit.unit_id if unit else None, **posting)
    if not asker().clerk and made.unit_id not in asker().units:
        raise Forbidden
    return _noted("entered", made)


@bp.put("/speakers/<uuid:speaker_id>")
@needs("clerk", "liaison")
@bp.arguments(schemas.Willingness)
@bp.response(200, schemas.Speaker)
@bp.doc(parameters=[IF_MATCH])
def put_speaker(said, speaker_id):
    """Change what somebody agreed to."""
    speaker = match(speakers.seen(g.db, speaker_id, asker(), lock=True))
    return _noted("changed", speakers.change(g.db, speaker, **said))


@bp.delete("/speakers/<uuid:speaker_id>")
@needs("clerk", "liaison")
@bp.response(204)
def delete_speaker(speaker_id):
    """They agree no more: no plan counts on them, and their name goes."""
    speaker = speakers.seen(g.db, speaker_id, asker(), lock=True)
    speakers.withdraw(g.db, speaker)
    record(g.db, "events.speaker_withdrawn", "speaker", speaker.id)


def _noted(done: str, speaker: Speaker) -> Speaker:
    record(g.db, f"events.speaker_{done}", "speaker", speaker.id)
    g.db.refresh(speaker, ["person", "unit"])
    return tag(speaker)
