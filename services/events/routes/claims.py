"""Taking on a need, and the word that it is met."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from services.events.domain import claims, lists, wishes
from services.events.models import Claim, Need, Partner
from services.events.routes.asking import asker
from services.events.routes.listing import noted
from services.events.routes.needs import answered
from services.events.schemas import claims as schemas
from services.events.schemas import lists as list_schemas
from services.events.schemas.activities import Reason
from shared.auth import PERSON, needs
from shared.idempotency import once
from shared.page import PageQuery, page, paged

bp = Blueprint("claims", __name__, description="Who takes on what")

WHOLE = (joinedload(Claim.need), joinedload(Claim.unit), selectinload(Claim.together).joinedload(Partner.unit))


@bp.get("/needs/<uuid:need_id>/claims")
@needs(PERSON)
@bp.response(200, schemas.Claims)
def list_claims(need_id):
    """Who takes on what of a need; units by name, members without."""
    lists.seen(g.db, Need, need_id, asker())
    held = select(Claim).options(*WHOLE).where(Claim.need_id == need_id).order_by(Claim.at).limit(200)
    return {"items": [_marked(made) for made in g.db.scalars(held)]}


@bp.get("/me/claims")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Claim))
def list_my_claims(wanted):
    """What one took on, oneself or for one's unit, and what one's unit is asked to take part in; the newest first."""
    who = asker()
    asked = Claim.together.any(Partner.unit_id.in_(who.units))
    theirs = or_(Claim.unit_id.in_(who.units), Claim.person_id == who.person_id, asked)
    query = select(Claim).options(*WHOLE).where(theirs)
    found = page(g.db, query, [Claim.id], newest_first=True, **wanted)
    return found | {"items": [_marked(made) for made in found["items"]]}


@bp.post("/needs/<uuid:need_id>/claims")
@needs(PERSON)
@once
@bp.arguments(schemas.ClaimWords)
@bp.response(201, schemas.Claim)
def post_claim(words, need_id):
    """Take on a need, or a part of it, as one's unit or oneself, alone or together with other units."""
    need = lists.seen(g.db, Need, need_id, asker())
    words |= lists.owner(g.db, asker(), unit=words.pop("unit"), for_me=words.pop("for_me"))
    return _answered("made", claims.claim(g.db, need.id, **words))


@bp.post("/claims/<uuid:claim_id>/accept")
@needs("clerk")
@bp.response(200, schemas.Claim)
def accept_claim(claim_id):
    """Let somebody fulfil a wish; from now on they see whose it is."""
    return _answered("accepted", claims.accept(g.db, claims.seen(g.db, claim_id, asker()).id))


@bp.post("/claims/<uuid:claim_id>/join")
@needs("liaison")
@bp.arguments(schemas.Joining)
@bp.response(200, schemas.Claim)
def join_claim(said, claim_id):
    """Say whether one's unit takes part in what another one took on."""
    who = asker()
    return _answered("joined", claims.join(g.db, claims.seen(g.db, claim_id, who).id, units=who.units, **said))


@bp.post("/claims/<uuid:claim_id>/deliver")
@needs(PERSON)
@bp.response(200, schemas.Claim)
def deliver_claim(claim_id):
    """Say that it is done; who needed it is asked whether it is so."""
    return _answered("delivered", claims.deliver(g.db, claims.own(g.db, claim_id, asker()).id))


@bp.post("/claims/<uuid:claim_id>/withdraw")
@needs(PERSON)
@bp.arguments(Reason)
@bp.response(200, schemas.Claim)
def withdraw_claim(why, claim_id):
    """Give back what was taken on."""
    return _answered("given_back", claims.withdraw(g.db, claims.own(g.db, claim_id, asker()).id, **why))


@bp.put("/needs/<uuid:need_id>/confirmation")
@needs(PERSON)
@bp.arguments(schemas.Confirmation)
@bp.response(200, list_schemas.Need)
def confirm_need(word, need_id):
    """Say that it is met: who needed it, or the desk for a resident who rang (with a note). It closes the need."""
    who = asker()
    need = lists.seen(g.db, Need, need_id, who)
    by = wishes.confirmer(g.db, need, who)
    return answered("confirmed", wishes.confirm(g.db, need.id, by=by, asker=who, note=word["note"]))


def _answered(done: str, made: Claim) -> Claim:
    noted(done, made, "claim")
    db: Session = g.db
    return _marked(db.scalars(select(Claim).options(*WHOLE).where(Claim.id == made.id)).one())


def _marked(made: Claim) -> Claim:
    made.mine = claims.is_mine(made, asker())
    return made
