"""Where and when I want to be reached."""

from flask import g
from flask_smorest import Blueprint

from services.notify.channels import Gateway
from services.notify.channels.web_push import public_key
from services.notify.domain import addresses, preferences, trials
from services.notify.routes.me import me
from services.notify.schemas.addresses import AddressOut, ChannelsOut, EmailIn, Preferences, PushIn, WecomIn
from shared.auth import PERSON, needs
from shared.config import config

bp = Blueprint("addresses", __name__, description="Where and when a person is reached")


@bp.get("/me/channels")
@needs(PERSON)
@bp.response(200, ChannelsOut)
def list_channels():
    """Where I am reached, and the key with which a browser subscribes"""
    key = public_key(Gateway.of(config()))
    return {"push_key": key, "items": addresses.of_person(g.db, me())}


@bp.put("/me/channels/web_push")
@needs(PERSON)
@bp.arguments(PushIn)
@bp.response(200, AddressOut)
def add_push(body):
    """Let this browser be woken"""
    return addresses.shown(addresses.add_push(g.db, me(), **body))


@bp.put("/me/channels/email")
@needs(PERSON)
@bp.arguments(EmailIn)
@bp.response(200, AddressOut)
def set_email(body):
    """Send my e-mails to this mailbox"""
    address = {"email": body["email"]}
    return addresses.shown(addresses.set_only(g.db, me(), "email", address, body["label"]))


@bp.put("/me/channels/wecom")
@needs(PERSON)
@bp.arguments(WecomIn)
@bp.response(200, AddressOut)
def set_wecom(body):
    """Reach me in WeCom under this account"""
    address = {"user": body["user"]}
    return addresses.shown(addresses.set_only(g.db, me(), "wecom", address, body["label"]))


@bp.delete("/me/channels/<uuid:address_id>")
@needs(PERSON)
@bp.response(204)
def delete_channel(address_id):
    """Reach me there no more"""
    addresses.delete(g.db, addresses.mine(g.db, me(), address_id))


@bp.post("/me/channels/<uuid:address_id>/test")
@needs(PERSON)
@bp.response(204)
def try_out(address_id):
    """Send me a trial message there; once a minute"""
    trials.try_out(g.db, me(), addresses.mine(g.db, me(), address_id))


@bp.get("/me/preferences")
@needs(PERSON)
@bp.response(200, Preferences)
def get_preferences():
    """My quiet hours, and what I have switched off"""
    return preferences.of(g.db, me())


@bp.put("/me/preferences")
@needs(PERSON)
@bp.arguments(Preferences)
@bp.response(200, Preferences)
def set_preferences(body):
    """Set my quiet hours, and what is off"""
    return preferences.wish(g.db, me(), **body)
