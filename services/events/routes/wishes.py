"""Micro-wishes: written, checked, handed a slip, and closed by the resident's word."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import lists, needs, wishes
from services.events.models import Need, Wish
from services.events.routes.asking import asker
from services.events.routes.listing import words_of
from services.events.routes.needs import answered
from services.events.schemas import claims as schemas
from services.events.schemas import lists as list_schemas
from shared.audit import record
from shared.auth import PERSON, PUBLIC, actor
from shared.auth import needs as may
from shared.config import config
from shared.db import find
from shared.idempotency import once

bp = Blueprint("wishes", __name__, description="Small wishes of residents")


@bp.post("/wishes")
@may(PERSON)
@once
@bp.arguments(schemas.WishPosting)
@bp.response(201, list_schemas.Need)
def post_wish(words):
    """Make a wish, or write down a resident's who agrees to it. A clerk looks at the words before others read them."""
    whose, on_behalf = words.pop("whose"), words.pop("on_behalf")
    words.pop("consent")
    who = asker()
    lists.refuse_on_behalf(who, on_behalf)
    owner = {"unit_id": None, "person_id": None if on_behalf else who.person_id, "written_by": who.person_id}
    need = needs.write(g.db, **words_of(words), **owner)
    return answered("written", wishes.write(g.db, need, whose=whose))


@bp.post("/wishes/<uuid:need_id>/check")
@may("clerk")
@bp.arguments(schemas.Check)
@bp.response(200, schemas.Findings)
def check_wish(word, need_id):
    """What in the words may tell who this is; a second person confirms that it does not."""
    need = lists.seen(g.db, Need, need_id, asker())
    found = wishes.checked(g.db, need, confirm=word["confirm"], by=actor().person_id)
    if word["confirm"]:
        record(g.db, "events.wish_cleared", "need", need.id, findings=len(found))
    return {"findings": found}


@bp.get("/wishes/<uuid:need_id>/personal")
@may(PERSON)
@bp.response(200, schemas.PersonalPart)
def get_personal_part(need_id):
    """Whose wish it is; each look is written into the audit log."""
    find(g.db, Wish, lists.seen(g.db, Need, need_id, asker()).id)
    found = wishes.personal(g.db, need_id, asker())
    record(g.db, "events.wish_looked_up", "need", need_id, purpose="fulfil_wish")
    return found


@bp.post("/wishes/<uuid:need_id>/slip")
@may("clerk")
@bp.response(200, schemas.Slip)
def hand_out_slip(need_id):
    """A new link and PIN to hand to the resident, shown this once; the old ones are void."""
    find(g.db, Wish, lists.seen(g.db, Need, need_id, asker()).id)
    found = wishes.hand_out_pin(g.db, need_id, asker=asker())
    record(g.db, "events.wish_slip_made", "need", need_id)
    return {"url": f"{config().public_url}/w/{found['link']}", "pin": found["pin"]}


@bp.get("/public/wishes/<string:link>")
@may(PUBLIC)
@bp.response(200, schemas.PublicWish)
def get_public_wish(link):
    """A wish, for the resident who has its link."""
    need = wishes.opened(g.db, link)
    return {"title": need.title, "text": need.text, "state": need.state, "delivered": wishes.is_delivered(g.db, need)}


@bp.put("/public/wishes/<string:link>/confirmation")
@may(PUBLIC)
@bp.arguments(schemas.Pin)
@bp.response(200, schemas.PinOutcome)
def confirm_by_slip(word, link):
    """The resident says by link and PIN that the wish came true. A wrong PIN is no error: the tries are counted."""
    need = wishes.opened(g.db, link)
    wishes.expect_delivered(g.db, need)
    tries_left = wishes.try_pin(g.db, need.id, word["pin"])
    if tries_left is None:
        wishes.confirm(g.db, need.id, by="link")
        record(g.db, "events.wish_confirmed", "need", need.id, by="link")
    return {"closed": tries_left is None, "tries_left": tries_left}
