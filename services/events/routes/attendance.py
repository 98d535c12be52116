"""Who was there: ticked, scanned, at the door; and that it is over."""

import segno
from flask import g
from flask_smorest import Blueprint

from services.events.domain import scope
from services.events.domain.attendance import codes, credits, marks, uploads
from services.events.models import Activity
from services.events.routes.asking import asker, me, noted
from services.events.schemas import activities as words
from services.events.schemas import attendance as schemas
from shared.auth import PERSON, needs
from shared.config import config
from shared.db import now
from shared.errors import Forbidden
from shared.page import PageQuery, page, paged

bp = Blueprint("attendance", __name__, description="Who was there")


@bp.get("/activities/<uuid:activity_id>/attendance")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Expected))
def list_attendance(wanted, activity_id):
    """Who signed up and who was there; for the leader, clerks and the unit that holds the activity."""
    query, keys = marks.listed(to_take(activity_id).id)
    found = page(g.db, query, keys, **wanted)
    return found | {"items": [_expected(dict(zip(marks.ROW, row, strict=True))) for row in found["items"]]}


@bp.put("/activities/<uuid:activity_id>/attendance/<uuid:person_id>")
@needs(PERSON)
@bp.arguments(schemas.MarkIn)
@bp.response(200, schemas.Attendance)
def put_attendance(mark, activity_id, person_id):
    """Somebody was there; twice is once."""
    return _shown(marks.record(g.db, to_take(activity_id).id, person_id, by=me(), **mark))


@bp.delete("/activities/<uuid:activity_id>/attendance/<uuid:person_id>")
@needs(PERSON)
@bp.response(204)
def delete_attendance(activity_id, person_id):
    """They were not there after all; what was credited is taken back."""
    marks.undo(g.db, to_take(activity_id).id, person_id, by=me())


@bp.put("/attendance/uploads")
@needs(PERSON)
@bp.arguments(schemas.Upload)
@bp.response(200, schemas.Verdicts)
def upload_attendance(upload):
    """What a phone at the door kept without network, in any order, however often. Each item has its own verdict."""
    return {"items": uploads.take_in(g.db, asker(), upload["items"], device_id=upload["device_id"])}


@bp.get("/activities/<uuid:activity_id>/code")
@needs(PERSON)
@bp.response(200, schemas.Code)
def get_code(activity_id):
    """The code to show, another one every half minute."""
    activity = to_take(activity_id)
    shown = codes.CODE.shown(activity.id, now())
    url = f"{config().public_url}/activities/{activity.id}/attend?code={shown.code}"
    return {"code": shown.code, "until": shown.until, "url": url, "svg": segno.make_qr(url).svg_inline(scale=6)}


@bp.put("/activities/<uuid:activity_id>/attend")
@needs(PERSON)
@bp.arguments(schemas.CodeIn)
@bp.response(200, schemas.Attendance)
def attend(given, activity_id):
    """One is there, and has read the code that is shown."""
    activity = scope.seen(g.db, activity_id, asker())
    attempt = codes.attend(g.db, activity.id, person_id=me(), code=given["code"])
    if attempt.attendance is None:
        g.db.commit()  # a wrong code counts, although the answer to it is no
        raise attempt.problem or codes.WrongCode
    return _shown(attempt.attendance)


@bp.post("/activities/<uuid:activity_id>/finish")
@needs(PERSON)
@bp.arguments(schemas.Finish, required=False)
@bp.response(200, words.Activity)
def finish_activity(how, activity_id):
    """It is over: whoever was there is credited; whoever is still taken down, too."""
    return noted("finished", credits.finish(g.db, to_take(activity_id).id, **how))


def to_take(activity_id) -> Activity:
    """The activity, if who asks may say who was there."""
    who = asker()
    activity = scope.seen(g.db, activity_id, who)
    if not marks.may_take(g.db, activity, who):
        raise Forbidden
    return activity


def _shown(attendance) -> dict:
    facts = {name: getattr(attendance, name) for name in ("id", "source", "at")}
    return facts | {"undone": attendance.undone_at is not None}


def _expected(row: dict) -> dict:
    guest = row["name"] is None
    person = {"id": row["person_id"], "name": row["name"] or row["guest_name"] or "", "unit": row["unit_name"]}
    attended = {name: row[name] for name in ("id", "source", "at")} if row["source"] else None
    return {
        **{name: row[name] for name in ("state", "part", "party_size")},
        "person": person,
        "guest": guest,
        "attended": attended,
    }
