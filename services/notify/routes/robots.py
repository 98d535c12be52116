"""Robots that write into the group chats of the duty desk and of the clerks."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.notify.domain import addresses
from services.notify.models import Address
from services.notify.schemas.addresses import RobotIn, RobotOut, RobotsOut
from shared.audit import record
from shared.auth import needs
from shared.db import find
from shared.errors import NotFound
from shared.idempotency import once

bp = Blueprint("robots", __name__, description="Robots of group chats")


@bp.get("/robots")
@needs("clerk")
@bp.response(200, RobotsOut)
def list_robots():
    """Group chats that hear what cannot wait"""
    kept = select(Address).where(Address.role.is_not(None), Address.address.is_not(None)).order_by(Address.id)
    return {"items": [_shown(address) for address in g.db.scalars(kept)]}


@bp.post("/robots")
@needs("clerk")
@once
@bp.arguments(RobotIn)
@bp.response(201, RobotOut)
def add_robot(body):
    """Let a group chat hear what cannot wait"""
    key, secret = body.pop("key"), body.pop("secret")
    dingtalk = body["channel"] == "dingtalk_robot"
    address = {"token": key, "secret": secret} if dingtalk else {"key": key}
    robot = addresses.add_robot(g.db, body.pop("channel"), address=address, **body)
    record(g.db, "notify.robot_added", "robot", robot.id, role=robot.role, channel=robot.channel)
    return _shown(robot)


@bp.delete("/robots/<uuid:address_id>")
@needs("clerk")
@bp.response(204)
def delete_robot(address_id):
    """Let it hear no more"""
    address = find(g.db, Address, address_id)
    if address.role is None or address.address is None:
        raise NotFound
    addresses.delete(g.db, address)
    record(g.db, "notify.robot_deleted", "robot", address_id)


def _shown(address: Address) -> dict:
    return {**addresses.shown(address), "role": address.role}
