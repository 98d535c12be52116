"""Where people, units and groups want to be reached: kept sealed, shown masked."""

from base64 import b64encode
from datetime import timedelta
from secrets import token_bytes
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.channels import Gateway
from services.notify.channels.address import Refused, check
from services.notify.models import Address, Person
from shared.config import config
from shared.crypto import blind
from shared.db import find, now
from shared.errors import Invalid, NotFound, Problem, TooManyRequests

MOST = 20
BETWEEN_TESTS = timedelta(minutes=1)


class TooManyAddresses(Problem):
    """You are reached in many places already; delete one first."""


def add_push(db: Session, person_id: UUID, *, subscription: dict, label: str) -> Address:
    """Let a browser be woken. The same browser again, whoever uses it now, is the same address."""
    gateway = Gateway.of(config())
    _check("subscription.endpoint", subscription["endpoint"], gateway, gateway.push_hosts)
    return _keep(db, "web_push", subscription["endpoint"], subscription, label, person_id=person_id)


def set_only(db: Session, person_id: UUID, channel: str, address: dict, label: str) -> Address:
    """Set the one mailbox, or the one WeCom account, of a person."""
    others = update(Address).where(
        Address.person_id == person_id, Address.channel == channel, Address.dead_at.is_(None)
    )
    db.execute(others.values(**_nothing()))
    key = f"{person_id}:{orjson.dumps(address).decode()}"
    return _keep(db, channel, key, address, label, person_id=person_id)


def set_webhook(db: Session, unit_id: UUID, url: str) -> tuple[Address, str]:
    """Set the server of a unit, with a new secret, which is shown this once."""
    _check("url", url, Gateway.of(config()), None)
    db.execute(update(Address).where(Address.unit_id == unit_id, Address.dead_at.is_(None)).values(**_nothing()))
    secret = f"whsec_{b64encode(token_bytes(24)).decode()}"
    address = {"url": url, "secret": secret}
    return _keep(db, "webhook", str(unit_id), address, urlsplit(url).netloc, unit_id=unit_id), secret


def add_robot(db: Session, channel: str, *, role: str, label: str, address: dict) -> Address:
    """Let a group chat of a role hear what cannot wait."""
    return _keep(db, channel, orjson.dumps(address).decode(), address, label, role=role)


def of_person(db: Session, person_id: UUID) -> list[dict[str, Any]]:
    """Where a person is reached, masked; the number and mailbox that members knows come first and have no id."""
    mine = select(Address).where(Address.person_id == person_id, Address.address.is_not(None)).order_by(Address.id)
    return _registered(db.get(Person, person_id)) + [shown(address) for address in db.scalars(mine)]


def shown(address: Address) -> dict[str, Any]:
    """An address as its owner sees it."""
    return {
        "id": address.id,
        "channel": address.channel,
        "label": address.label,
        "masked": masked(address.channel, address.address or {}),
        "last_ok_at": address.last_ok_at,
        "dead": address.dead_at is not None,
    }


def masked(channel: str, address: dict) -> str:
    """Enough to tell one's own addresses apart."""
    if channel == "sms":
        number = address["phone"].removeprefix("+").removeprefix("86")
        return f"{number[:3]}****{number[-4:]}"
    if channel == "email":
        name, _, host = address["email"].partition("@")
        return f"{name[:1]}***@{host}"
    if url := address.get("endpoint") or address.get("url"):
        return urlsplit(url).hostname or ""
    return "***"


def delete(db: Session, address: Address) -> None:
    """Forget an address; what was sent there stays on record."""
    for name, value in _nothing().items():
        setattr(address, name, value)


def mine(db: Session, person_id: UUID, address_id: UUID) -> Address:
    """A person's own address."""
    address = find(db, Address, address_id)
    if address.person_id != person_id or address.address is None:
        raise NotFound
    return address


def note_test(db: Session, address: Address) -> None:
    """A person may try a channel once a minute, whatever address they set meanwhile: it may be somebody else's."""
    same = (Address.person_id == address.person_id) & (Address.channel == address.channel)
    tried = [moment for moment in db.scalars(select(Address.tested_at).where(same).with_for_update()) if moment]
    if tried and max(tried) > now() - BETWEEN_TESTS:
        raise TooManyRequests(retry_after=int(BETWEEN_TESTS.total_seconds()))
    address.tested_at = now()


def _keep(db: Session, channel: str, key: str, address: dict, label: str, **owner: Any) -> Address:
    if person_id := owner.get("person_id"):
        _check_room(db, person_id)
    row = {"person_id": None, "unit_id": None, "role": None, **owner}
    row |= {"address": address, "label": label, "dead_at": None, "last_ok_at": None}
    statement = insert(Address).values(channel=channel, address_blind=blind(key), created_at=now(), **row)
    kept = statement.on_conflict_do_update(constraint="addresses_same", set_=row).returning(Address)
    return db.scalars(kept, execution_options={"populate_existing": True}).one()


def _check_room(db: Session, person_id: UUID) -> None:
    count = select(func.count()).where(Address.person_id == person_id, Address.address.is_not(None))
    if db.execute(count).scalar_one() >= MOST:
        raise TooManyAddresses(max=MOST)


def _check(field: str, url: str, gateway: Gateway, hosts: tuple[str, ...] | None) -> None:
    try:
        check(url, gateway, hosts)
    except Refused as refusal:
        raise Invalid(errors={field: [str(refusal)]}) from None


def _nothing() -> dict[str, Any]:
    return {"address": None, "address_blind": None, "dead_at": now()}


def _registered(person: Person | None) -> list[dict[str, Any]]:
    found = {"sms": {"phone": person.phone}, "email": {"email": person.email}} if person else {}
    return [
        {
            "id": None,
            "channel": channel,
            "label": "",
            "masked": masked(channel, address),
            "last_ok_at": None,
            "dead": False,
        }
        for channel, address in found.items()
        if all(address.values())
    ]
