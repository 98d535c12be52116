"""A signed webhook to a member unit's own server, in the form of standardwebhooks.com."""

import hmac
from base64 import b64decode, b64encode

import orjson

from services.notify.channels.address import Refused, check
from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import by_status, settled
from services.notify.channels.wire import call
from shared.clock import now

REPEATS: Repeats = "replaced"  # by the receiver, which knows the Webhook-Id


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Tell a unit's server. Of its answer only the status counts: it is nobody's business what else is there."""
    check(address["url"], gateway)
    body = _body(message)
    id, at = str(message.message_id), str(int(now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Webhook-Id": id,
        "Webhook-Timestamp": at,
        "Webhook-Signature": signature(address["secret"], id, at, body),
    }
    reply = call("POST", address["url"], gateway, given=True, data=body, headers=headers)
    if reply.status == 410:
        return Outcome("give_up", "HTTP 410", gone=True)
    return by_status(reply, REPEATS)


def signature(secret: str, id: str, at: str, body: bytes) -> str:
    """What proves to the receiver that we sent this, then."""
    try:
        key = b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        raise Refused("secret_unreadable") from None
    proof = hmac.digest(key, f"{id}.{at}.".encode() + body, "sha256")
    return f"v1,{b64encode(proof).decode()}"


def _body(message: Outgoing) -> bytes:
    facts = {
        "id": message.message_id,
        "title": message.title,
        "body": message.body,
        "link": message.link,
        "urgency": message.urgency,
        "thread": message.thread,
    }
    return orjson.dumps({"type": "message.sent", "data": facts})
