"""Web push: to a browser, through the push service that it chose. RFC 8030, 8188, 8291, 8292."""

import time
from base64 import urlsafe_b64encode
from functools import cache, lru_cache

import orjson
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException
from urllib3.util import parse_url

from services.notify.channels.address import Refused, check
from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import by_status, settled
from services.notify.channels.wire import call

REPEATS: Repeats = "replaced"  # by the push service, which knows the Topic, and by the phone, which knows the tag
URGENCY = {"critical": "high", "duty": "high", "service": "normal", "news": "low"}
MOST_BYTES = 3800  # a record holds 4096, with padding and keys
HOUR = 3600


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Push to one subscription."""
    check(address["endpoint"], gateway, gateway.push_hosts)
    try:
        sealed = WebPusher(address).encode(_payload(message))["body"]
    except (WebPushException, ValueError, TypeError):
        return Outcome("give_up", "subscription_unreadable", gone=True)
    headers = _headers(address["endpoint"], message, gateway)
    reply = call("POST", address["endpoint"], gateway, given=True, data=sealed, headers=headers)
    if reply.status in (404, 410):
        return Outcome("give_up", f"HTTP {reply.status}", gone=True)
    return by_status(reply, REPEATS, reply.body.decode(errors="replace"))


def public_key(gateway: Gateway) -> str:
    """What a page needs to subscribe; empty when there is no key."""
    if not gateway.vapid_private_key:
        return ""
    point = _vapid(gateway.vapid_private_key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def _headers(endpoint: str, message: Outgoing, gateway: Gateway) -> dict[str, str]:
    if not gateway.vapid_private_key:
        raise Refused("not_configured")
    parts = parse_url(endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    return {
        "Authorization": _signed(gateway.vapid_private_key, gateway.vapid_subject, origin, int(time.time()) // HOUR),
        "Content-Encoding": "aes128gcm",
        "TTL": str(message.expires_in),
        "Urgency": URGENCY[message.urgency],
        "Topic": urlsafe_b64encode(message.replaces.bytes).rstrip(b"=").decode(),
    }


def _payload(message: Outgoing) -> bytes:
    """What the service worker shows; a body that is too long for a push is cut."""
    facts = {
        "id": message.message_id,
        "title": message.title,
        "body": message.body,
        "link": message.link,
        "tag": message.replaces,
        "urgency": message.urgency,
        "actions": [{"label": label, "url": url} for label, url in message.actions],
    }
    if (excess := len(orjson.dumps(facts)) - MOST_BYTES) > 0:
        kept = len(message.body.encode()) - excess - len("…".encode())
        facts["body"] = message.body.encode()[: max(kept, 0)].decode(errors="ignore") + "…"
    return orjson.dumps(facts)


@lru_cache(maxsize=256)
def _signed(key: str, subject: str, origin: str, hour: int) -> str:
    """The VAPID header: signed once an hour for each push service, good for twelve."""
    return _vapid(key).sign({"sub": subject, "aud": origin, "exp": (hour + 12) * HOUR})["Authorization"]


@cache
def _vapid(key: str) -> Vapid02:
    return Vapid02.from_pem(key.encode()) if key.startswith("-----") else Vapid02.from_string(key)
