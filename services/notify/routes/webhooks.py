"""The server of a member unit that wants to be told."""

from uuid import UUID

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.notify.domain import addresses
from services.notify.models import Address, Unit
from services.notify.schemas.addresses import WebhookIn, WebhookMade, WebhookOut
from shared.audit import record
from shared.auth import actor, needs
from shared.errors import NotFound

bp = Blueprint("webhooks", __name__, description="Webhooks of units")


@bp.get("/units/<uuid:unit_id>/webhook")
@needs("clerk", "liaison", scope="webhooks:write")
@bp.response(200, WebhookOut)
def get_webhook(unit_id):
    """Where a unit's server is told"""
    _own(unit_id)
    found = g.db.scalars(select(Address).where(Address.unit_id == unit_id, Address.address.is_not(None))).first()
    return _shown(found) if found else {"url": None, "last_ok_at": None, "dead": False}


@bp.put("/units/<uuid:unit_id>/webhook")
@needs("clerk", "liaison", scope="webhooks:write")
@bp.arguments(WebhookIn)
@bp.response(200, WebhookMade)
def set_webhook(body, unit_id):
    """Set where a unit's server is told. The secret that signs is new each time, and shown this once"""
    _own(unit_id)
    address, secret = addresses.set_webhook(g.db, unit_id, body["url"])
    record(g.db, "notify.webhook_set", "webhook", address.id, on_behalf_of=unit_id)
    return {**_shown(address), "secret": secret}


@bp.delete("/units/<uuid:unit_id>/webhook")
@needs("clerk", "liaison", scope="webhooks:write")
@bp.response(204)
def delete_webhook(unit_id):
    """Tell the unit's server no more"""
    _own(unit_id)
    for address in g.db.scalars(select(Address).where(Address.unit_id == unit_id, Address.address.is_not(None))):
        addresses.delete(g.db, address)
        record(g.db, "notify.webhook_deleted", "webhook", address.id, on_behalf_of=unit_id)


def _own(unit_id: UUID) -> None:
    """A unit's officers and keys see to their own; clerks to those of every unit that there is."""
    if unit_id in actor().units():
        return
    if not actor().has("clerk") or g.db.get(Unit, unit_id) is None:
        raise NotFound


def _shown(address: Address) -> dict:
    url = (address.address or {})["url"]
    return {"url": url, "last_ok_at": address.last_ok_at, "dead": address.dead_at is not None}
