"""Troupes: what they are, who is in them, where they are asked to play."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import invitations, scope, troupes
from services.events.models import Troupe, TroupeInvitation
from services.events.routes.asking import asker, me
from services.events.schemas import activities as words
from services.events.schemas import troupes as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("troupes", __name__, description="Amateur troupes and where they play")


@bp.get("/troupes")
@needs(PERSON)
@bp.arguments(schemas.TroupeQuery, location="query")
@bp.response(200, schemas.Troupes)
def list_troupes(wanted):
    """Troupes by their names; with led_by_me those that one leads."""
    return {"items": troupes.every(g.db, leader_id=me() if wanted["led_by_me"] else None)}


@bp.post("/troupes")
@needs("clerk")
@once
@bp.arguments(schemas.TroupePosting)
@bp.response(201, schemas.Troupe)
def post_troupe(posting):
    """Enter a troupe, of a unit or of residents; its leader is the first on its roster."""
    code = posting.pop("unit")
    unit = scope.unit_of(g.db, asker(), code) if code else None
    return _noted("entered", troupes.found(g.db, unit_id=unit.unit_id if unit else None, **posting))


@bp.get("/troupes/<uuid:troupe_id>")
@needs(PERSON)
@bp.response(200, schemas.Troupe)
def get_troupe(troupe_id):
    """One troupe."""
    return _shown(troupes.seen(g.db, troupe_id))


@bp.put("/troupes/<uuid:troupe_id>")
@needs(PERSON)
@bp.arguments(schemas.TroupeEdit)
@bp.response(200, schemas.Troupe)
@bp.doc(parameters=[IF_MATCH])
def put_troupe(facts, troupe_id):
    """Change a troupe; for its leader and clerks."""
    troupe = match(troupes.led(g.db, troupe_id, asker()))
    return _noted("changed", troupes.change(g.db, troupe, **facts))


@bp.get("/troupes/<uuid:troupe_id>/roster")
@needs(PERSON)
@bp.response(200, schemas.TroupeRoster)
def get_roster(troupe_id):
    """Who is in it; for its leader and clerks."""
    return {"items": troupes.roster(g.db, troupes.led(g.db, troupe_id, asker()))}


@bp.post("/troupes/<uuid:troupe_id>/roster")
@needs(PERSON)
@once
@bp.arguments(schemas.TroupeJoining)
@bp.response(201, schemas.TroupeMember)
def post_troupe_member(joining, troupe_id):
    """Put somebody who wants it on the roster: a member, or a resident by name."""
    joined = troupes.join(g.db, troupes.led(g.db, troupe_id, asker()), **joining)
    record(g.db, "events.troupe_joined", "troupe", troupe_id)
    return joined


@bp.delete("/roster/<uuid:member_id>")
@needs(PERSON)
@bp.response(204)
def delete_troupe_member(member_id):
    """Take somebody off the roster; oneself, too."""
    member = troupes.on_roster(g.db, member_id, asker())
    record(g.db, "events.troupe_left", "troupe", member.troupe_id)
    g.db.delete(member)


@bp.post("/troupes/<uuid:troupe_id>/invitations")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.Inviting)
@bp.response(201, schemas.Invitation)
def post_invitation(wanted, troupe_id):
    """Ask a troupe to come and play; its leader answers."""
    unit = scope.unit_of(g.db, asker(), wanted.pop("unit"))
    made = invitations.invite(g.db, troupes.seen(g.db, troupe_id), unit, invited_by=me(), **wanted)
    return _answered("invited", made)


@bp.get("/invitations")
@needs(PERSON)
@bp.arguments(schemas.InvitationQuery, location="query")
@bp.response(200, paged(schemas.Invitation))
def list_invitations(wanted):
    """Those to troupes that one leads, and those of units that one acts for; for clerks all."""
    query = invitations.visible(asker())
    if ends_after := wanted.pop("ends_after"):
        query = query.where(TroupeInvitation.ends_at > ends_after)
    return page(g.db, query, [TroupeInvitation.starts_at, TroupeInvitation.id], **wanted)


@bp.post("/invitations/<uuid:invitation_id>/accept")
@needs(PERSON)
@bp.response(200, schemas.Invitation)
def accept_invitation(invitation_id):
    """The troupe comes; for its leader and clerks."""
    return _answered("accepted", invitations.answer(g.db, invitation_id, asker(), accepted=True))


@bp.post("/invitations/<uuid:invitation_id>/decline")
@needs(PERSON)
@bp.arguments(schemas.Refusal)
@bp.response(200, schemas.Invitation)
def decline_invitation(why, invitation_id):
    """The troupe does not come, or cannot after all."""
    return _answered("declined", invitations.answer(g.db, invitation_id, asker(), accepted=False, **why))


@bp.post("/invitations/<uuid:invitation_id>/withdraw")
@needs("clerk", "liaison")
@bp.arguments(words.Reason)
@bp.response(200, schemas.Invitation)
def withdraw_invitation(why, invitation_id):
    """The unit does not need it any more; the leader is told why."""
    return _answered("withdrawn", invitations.withdraw(g.db, invitation_id, asker(), **why))


def _noted(done: str, troupe: Troupe) -> Troupe:
    record(g.db, f"events.troupe_{done}", "troupe", troupe.id)
    g.db.refresh(troupe, ["leader", "unit"])
    return _shown(troupe)


def _shown(troupe: Troupe) -> Troupe:
    troupes.counted(g.db, [troupe])
    return tag(troupe)


def _answered(done: str, invitation: TroupeInvitation) -> TroupeInvitation:
    unit_id = invitation.unit_id if invitation.unit_id in asker().units else None
    record(g.db, f"events.troupe_{done}", "troupe_invitation", invitation.id, on_behalf_of=unit_id)
    return invitation
