"""The list of offers."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy.orm import joinedload

from services.events.domain import lists, offers
from services.events.models import Offer
from services.events.routes.asking import asker
from services.events.routes.listing import narrowed, noted, owned, words_of
from services.events.schemas import lists as schemas
from services.events.schemas.activities import Reason
from shared.auth import PERSON, needs
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("offers", __name__, description="What is offered")


@bp.get("/offers")
@needs(PERSON)
@bp.arguments(schemas.OfferQuery, location="query")
@bp.response(200, paged(schemas.Offer))
def list_offers(wanted):
    """Offers, the newest first: published ones, one's own and one's unit's in any state, for clerks all."""
    cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
    query = narrowed(Offer, asker(), **wanted).options(joinedload(Offer.unit))
    found = page(g.db, query, [Offer.id], cursor=cursor, limit=limit, newest_first=True)
    return found | {"items": offers.counted(g.db, found["items"], asker())}


@bp.post("/offers")
@needs(PERSON)
@once
@bp.arguments(schemas.OfferPosting)
@bp.response(201, schemas.Offer)
def post_offer(words):
    """Write down what a unit, or oneself, can give: a draft."""
    return _answered("written", offers.write(g.db, **owned(words)))


@bp.get("/offers/<uuid:offer_id>")
@needs(PERSON)
@bp.response(200, schemas.Offer)
def get_offer(offer_id):
    """One offer."""
    return _shown(lists.seen(g.db, Offer, offer_id, asker()))


@bp.put("/offers/<uuid:offer_id>")
@needs(PERSON)
@bp.arguments(schemas.OfferWords)
@bp.response(200, schemas.Offer)
@bp.doc(parameters=[IF_MATCH])
def put_offer(words, offer_id):
    """Change an offer; what was promised of it stays promised."""
    return _answered("changed", offers.edit(g.db, _to_change(offer_id).id, **words_of(words)))


@bp.post("/offers/<uuid:offer_id>/publish")
@needs(PERSON)
@bp.response(200, schemas.Offer)
@bp.doc(parameters=[IF_MATCH])
def publish_offer(offer_id):
    """Put it on the list."""
    return _answered("published", offers.publish(g.db, _to_change(offer_id).id))


@bp.post("/offers/<uuid:offer_id>/withdraw")
@needs(PERSON)
@bp.arguments(Reason)
@bp.response(200, schemas.Offer)
@bp.doc(parameters=[IF_MATCH])
def withdraw_offer(why, offer_id):
    """Take it off the list."""
    return _answered("withdrawn", offers.withdraw(g.db, _to_change(offer_id).id, **why))


def _to_change(offer_id) -> Offer:
    return match(lists.to_change(g.db, Offer, offer_id, asker()))


def _answered(done: str, offer: Offer) -> Offer:
    noted(done, offer, "offer")
    return _shown(offer)


def _shown(offer: Offer) -> Offer:
    offers.counted(g.db, [offer], asker())
    return tag(offer)
