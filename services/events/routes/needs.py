"""The list of needs."""

from typing import Any

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.events.domain import lists, needs, offers, proposals
from services.events.models import Match, Need, Offer
from services.events.routes.asking import asker
from services.events.routes.listing import narrowed, noted, owned, words_of
from services.events.schemas import lists as schemas
from services.events.schemas.activities import Reason
from shared.auth import PERSON, PUBLIC, actor
from shared.auth import needs as may
from shared.db import find, now
from shared.idempotency import once
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("needs", __name__, description="What is needed")

#: In the alphabet from behind, what still looks for somebody comes first.
PUBLIC_STATES = ("published", "met", "claimed")


@bp.get("/needs")
@may(PERSON)
@bp.arguments(schemas.NeedQuery, location="query")
@bp.response(200, paged(schemas.Need))
def list_needs(wanted):
    """Needs, the newest first: published ones, one's own and one's unit's in any state, for clerks all.

    Those that are owed an answer come by the day on which it is due.
    """
    cursor, limit, answer = wanted.pop("cursor"), wanted.pop("limit"), wanted.pop("answer", None)
    query = narrowed(Need, asker(), **wanted).options(joinedload(Need.unit))
    owed = answer in ("owed", "overdue")
    if answer:
        query = query.where(*_answered(answer))
    keys = [Need.answer_due_at, Need.id] if owed else [Need.id]
    found = page(g.db, query, keys, cursor=cursor, limit=limit, newest_first=not owed)
    return found | {"items": needs.counted(g.db, found["items"], asker())}


@bp.get("/public/needs")
@may(PUBLIC)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.PublicNeed))
def list_public_needs(wanted):
    """What is on the list, for everybody to read; what still looks for somebody first."""
    query = select(Need).options(joinedload(Need.unit)).where(Need.state.in_(PUBLIC_STATES))
    found = page(g.db, query, [Need.state, Need.published_at, Need.id], newest_first=True, **wanted)
    items = needs.counted(g.db, found["items"], asker())
    return found | {"items": [_public(need) for need in items]}


@bp.post("/needs")
@may(PERSON)
@once
@bp.arguments(schemas.NeedPosting)
@bp.response(201, schemas.Need)
def post_need(words):
    """Write down what a unit, or oneself, needs: a draft. Wishes have a route of their own."""
    lists.refuse_wish(words["kind"])
    return answered("written", needs.write(g.db, **owned(words)))


@bp.get("/needs/<uuid:need_id>")
@may(PERSON)
@bp.response(200, schemas.Need)
def get_need(need_id):
    """One need."""
    return shown(lists.seen(g.db, Need, need_id, asker()))


@bp.put("/needs/<uuid:need_id>")
@may(PERSON)
@bp.arguments(schemas.NeedWords)
@bp.response(200, schemas.Need)
@bp.doc(parameters=[IF_MATCH])
def put_need(words, need_id):
    """Change a need; what others took on already stays theirs."""
    need = to_change(need_id)
    lists.keep_kind(need, words["kind"])
    return answered("changed", needs.edit(g.db, need.id, worded_by=actor().person_id, **words_of(words)))


@bp.post("/needs/<uuid:need_id>/publish")
@may(PERSON)
@bp.response(200, schemas.Need)
@bp.doc(parameters=[IF_MATCH])
def publish_need(need_id):
    """Put it on the list; a member's, and a unit's that needs approval, waits for a clerk first."""
    return answered("published", needs.publish(g.db, to_change(need_id).id, asker=asker()))


@bp.post("/needs/<uuid:need_id>/withdraw")
@may(PERSON)
@bp.arguments(Reason)
@bp.response(200, schemas.Need)
@bp.doc(parameters=[IF_MATCH])
def withdraw_need(why, need_id):
    """Take it back; whoever took it on is told why."""
    return answered("withdrawn", needs.withdraw(g.db, to_change(need_id).id, **why))


@bp.post("/needs/<uuid:need_id>/close")
@may(PERSON)
@bp.arguments(Reason)
@bp.response(200, schemas.Need)
@bp.doc(parameters=[IF_MATCH])
def close_need(why, need_id):
    """It is over without having been met. Not for wishes: those the resident closes."""
    return answered("closed", needs.close(g.db, to_change(need_id).id, **why))


@bp.get("/needs/<uuid:need_id>/matches")
@may(PERSON)
@bp.response(200, schemas.Matches)
def list_matches_of_need(need_id):
    """Offers that could meet a need of one's own, in the order of the reasons; for clerks of any."""
    lists.own_or_clerk(lists.seen(g.db, Need, need_id, asker()), asker())
    return _matches(Match.need_id == need_id)


@bp.get("/offers/<uuid:offer_id>/matches")
@may(PERSON)
@bp.response(200, schemas.Matches)
def list_matches_of_offer(offer_id):
    """Needs that an offer of one's own could meet; for clerks of any."""
    lists.own_or_clerk(lists.seen(g.db, Offer, offer_id, asker()), asker())
    return _matches(Match.offer_id == offer_id)


@bp.post("/matches/<uuid:match_id>/decline")
@may(PERSON)
@bp.response(204)
def decline_match(match_id):
    """This offer is none for this need, says one of the two sides."""
    found, who = find(g.db, Match, match_id), asker()
    lists.own_or_clerk_of_either(found.need, found.offer, who)
    proposals.decline(g.db, match_id)


def to_change(need_id) -> Need:
    """The need, locked, if who asks may change it and has seen its last version."""
    return match(lists.to_change(g.db, Need, need_id, asker()))


def answered(done: str, need: Need) -> Need:
    noted(done, need, "need")
    return shown(need)


def shown(need: Need) -> Need:
    needs.counted(g.db, [need], asker())
    return tag(need)


def _matches(of: Any) -> dict[str, Any]:
    sides = (joinedload(Match.need).joinedload(Need.unit), joinedload(Match.offer).joinedload(Offer.unit))
    query = select(Match).options(*sides).where(of, Match.state != "declined").order_by(Match.ordering, Match.made_at)
    found = g.db.scalars(query.limit(50)).all()
    needs.counted(g.db, [each.need for each in found], asker())
    offers.counted(g.db, [each.offer for each in found], asker())
    return {"items": found}


def _answered(answer: str) -> list[Any]:
    if answer == "given":
        return [Need.answered_at.is_not(None)]
    owed = [Need.answer_due_at.is_not(None), Need.answered_at.is_(None), Need.state.in_(PUBLIC_STATES)]
    return owed if answer == "owed" else [*owed, Need.answer_due_at <= now()]


def _public(need: Need) -> dict[str, Any]:
    names = ("id", "kind", "title", "what", "skills", "compound", "amount", "left", "measure", "state", "supports")
    facts = {name: getattr(need, name) for name in names} | {"published_at": need.published_at, "itself": need}
    return facts | {"unit": need.unit.name if need.unit else None}
