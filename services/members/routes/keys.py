"""Keys of the units' own software."""

from uuid import UUID

from flask import g, request
from flask_smorest import Blueprint

from services.members.domain import keys
from services.members.models import ApiKey, Unit
from services.members.schemas.access import KeyIn, KeyOut, KeyShown, Rotation
from shared.audit import record
from shared.auth import actor, needs
from shared.db import find, locked
from shared.errors import NotFound
from shared.idempotency import HEADER, IdempotencyKeyRequired, IdempotencyKeyReused

bp = Blueprint("keys", __name__, description="Keys with which a unit's own software posts activities")

#: Not marked @once: that would keep the answer, and with it the key. See domain/keys.py.
KEY = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"},
    "description": "Chosen by the client; the same request sent again gets the same key",
}


@bp.get("/units/<uuid:unit_id>/keys")
@needs("clerk", "liaison")
@bp.response(200, KeyOut(many=True))
def keys_of_a_unit(unit_id):
    """A unit's keys, without their secrets."""
    _own(unit_id)
    return keys.of_unit(g.db, unit_id)


@bp.post("/units/<uuid:unit_id>/keys")
@needs("clerk", "liaison")
@bp.arguments(KeyIn)
@bp.response(201, KeyShown)
@bp.doc(parameters=[KEY])
def make_a_key(wish, unit_id):
    """Make a key; its secret is shown this once."""
    _own(unit_id)
    key, secret = keys.make(g.db, unit_id, **wish, request=_request(), by=str(actor()))
    if (key.kind, key.label, key.scopes) != (wish["kind"], wish["label"], sorted(set(wish["scopes"]))):
        raise IdempotencyKeyReused
    record(g.db, "members.key_made", "key", key.id, unit_id=unit_id, kind=key.kind, scopes=key.scopes)
    return _shown(key, secret)


@bp.post("/keys/<uuid:key_id>/rotate")
@needs("clerk", "liaison")
@bp.arguments(Rotation)
@bp.response(201, KeyShown)
@bp.doc(parameters=[KEY])
def rotate_a_key(wish, key_id):
    """Make a new key in place of one that may have got known; the old one ends now or after an overlap."""
    old = locked(g.db, ApiKey, key_id)
    _own(old.unit_id)
    key, secret = keys.rotate(g.db, old, overlap_hours=wish["overlap_hours"], request=_request(), by=str(actor()))
    record(g.db, "members.key_rotated", "key", key_id, unit_id=old.unit_id, successor_id=key.id)
    return _shown(key, secret)


@bp.delete("/keys/<uuid:key_id>")
@needs("clerk", "liaison")
@bp.response(204)
def revoke_a_key(key_id):
    """Revoke a key, at once."""
    _own(find(g.db, ApiKey, key_id).unit_id)
    keys.revoke(g.db, key_id)
    record(g.db, "members.key_revoked", "key", key_id)


def _own(unit_id: UUID) -> None:
    """A liaison officer keeps the keys of their own unit; of others they do not know."""
    find(g.db, Unit, unit_id)
    if not actor().has("clerk") and unit_id not in actor().units("liaison"):
        raise NotFound


def _request() -> str:
    """Names this very request: who sends it, to where, with which Idempotency-Key."""
    given = request.headers.get(HEADER, "")
    if not 8 <= len(given) <= 128:
        raise IdempotencyKeyRequired
    return f"{g.db.info['committee_id']} {actor()} {request.method} {request.path} {given}"


def _shown(key: ApiKey, secret: str) -> dict:
    return {name: getattr(key, name) for name in KeyOut().fields} | {"key": secret}
