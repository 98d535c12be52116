"""Web push: to a browser, through the push service that it chose. RFC 8030, 8188, 8291, 8292."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache, lru_cache

import http_ece
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from services.notify.channels.address import Refused, check
from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import by_status, settled
from services.notify.channels.wire import call
from shared.clock import now

REPEATS: Repeats = "replaced"  # by the push service, which knows the Topic, and by the phone, which knows the tag
URGENCY = {"critical": "high", "duty": "high", "service": "normal", "news": "low"}
MOST_BYTES = 3800  # a record holds 4096, with padding and keys
HOUR = 3600


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Push to one subscription."""
    check(address["endpoint"], gateway, gateway.push_hosts)
    try:
        sealed = _sealed(_payload(message), address["keys"])
    except (http_ece.ECEException, KeyError, ValueError, TypeError):
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
    origin, hour = "/".join(endpoint.split("/", 3)[:3]), int(now().timestamp()) // HOUR
    return {
        "Authorization": _signed(gateway.vapid_private_key, gateway.vapid_subject, origin, hour),
        "Content-Encoding": "aes128gcm",
        "TTL": str(message.expires_in),
        "Urgency": URGENCY[message.urgency],
        "Topic": urlsafe_b64encode(message.replaces.bytes).rstrip(b"=").decode(),
    }


def _sealed(payload: bytes, keys: dict[str, str]) -> bytes:
    """So that only this browser can open it: with a key of ours that is made for this one message."""
    ours = ec.generate_private_key(ec.SECP256R1())
    return http_ece.encrypt(payload, private_key=ours, dh=_raw(keys["p256dh"]), auth_secret=_raw(keys["auth"]))


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


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
    payload = orjson.dumps(facts)
    if (excess := len(payload) - MOST_BYTES) <= 0:
        return payload
    kept = len(message.body.encode()) - excess - len("…".encode())
    return orjson.dumps(facts | {"body": message.body.encode()[: max(kept, 0)].decode(errors="ignore") + "…"})


@lru_cache(maxsize=256)
def _signed(key: str, subject: str, origin: str, hour: int) -> str:
    """The VAPID header: signed once an hour for each push service, good for twelve."""
    return _vapid(key).sign({"sub": subject, "aud": origin, "exp": (hour + 12) * HOUR})["Authorization"]


@cache
def _vapid(key: str) -> Vapid02:
    return Vapid02.from_pem(key.encode()) if key.startswith("-----") else Vapid02.from_string(key)
