"""Whoever is signed in, and their devices."""

from uuid import UUID

from flask import g
from flask_smorest import Blueprint

from services.members.domain import me, people, sessions
from services.members.models import Person, SignInSession
from services.members.schemas.sign_in import Devices, Me, MeChange
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.db import locked
from shared.errors import Unauthenticated
from shared.web import IF_MATCH, match

bp = Blueprint("me", __name__, description="Whoever is signed in")


@bp.get("/me")
@needs(PERSON)
@bp.response(200, Me)
def who_am_i():
    """Who is signed in, with unit, place, roles, groups and skills."""
    sessions.seen(g.db, actor().session_id)
    return _described()


@bp.patch("/me")
@needs(PERSON)
@bp.arguments(MeChange)
@bp.response(200, Me)
@bp.doc(parameters=[IF_MATCH])
def change_me(change):
    """Change the language in which one is addressed."""
    person = match(locked(g.db, Person, myself()))
    if "language" in change:
        people.speak(g.db, person, change["language"])
    return _described()


@bp.get("/me/devices")
@needs(PERSON)
@bp.response(200, Devices)
def my_devices():
    """Where one is signed in."""
    found = sessions.devices(g.db, myself())
    return {"items": [_device(device) for device in found]}


@bp.delete("/me/devices/<uuid:device_id>")
@needs(PERSON)
@bp.response(204)
def sign_out_a_device(device_id):
    """Sign out on one device, at once."""
    sessions.end(g.db, myself(), device_id)
    record(g.db, "members.device_signed_out", "device", device_id)


def myself() -> UUID:
    """The person who asks; a key is none."""
    if (person_id := actor().person_id) is None:
        raise Unauthenticated
    return person_id


def _device(device: SignInSession) -> dict:
    current = device.id == actor().session_id
    return {"id": device.id, "name": device.device, "last_seen_at": device.last_seen_at, "current": current}


def _described():
    described = me.describe(g.db, myself())
    g.etag = f'"v{described["version"]}"'
    return described
