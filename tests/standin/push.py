"""A push service and its phones: it opens what only the phone can read, and checks who sent it."""

import hashlib
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any

import http_ece
import orjson
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.standin.http import Request

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
A_DAY = 24 * 3600


class Rejected(Exception):
    """The push service does not take this."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@lru_cache(maxsize=10_000)
def keys(phone: str) -> tuple[ec.EllipticCurvePrivateKey, bytes]:
    """A phone's private key and secret. They follow from its id, so that they outlive this process."""
    number = int.from_bytes(hashlib.sha512(f"key of {phone}".encode()).digest(), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1()), hashlib.sha256(f"secret of {phone}".encode()).digest()[:16]


def subscription(phone: str, base: str) -> dict[str, Any]:
    """What the phone's browser would give to the page."""
    key, secret = keys(phone)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"endpoint": f"{base}/push/{phone}", "keys": {"p256dh": _text(point), "auth": _text(secret)}}


def opened(phone: str, request: Request) -> dict[str, Any]:
    """The message inside, as the phone's service worker gets it."""
    if request.headers.get("content-encoding") != "aes128gcm":
        raise Rejected(415, "aes128gcm only")
    if not request.headers.get("ttl", "").isdigit():
        raise Rejected(400, "TTL missing")
    if len(request.body) > 4096:
        raise Rejected(413, "too large")
    key, secret = keys(phone)
    try:
        return orjson.loads(http_ece.decrypt(request.body, private_key=key, auth_secret=secret))
    except (InvalidTag, http_ece.ECEException, ValueError) as error:
        raise Rejected(400, "cannot be opened") from error


def sender(request: Request) -> dict[str, Any]:
    """The claims of the VAPID header, whose ES256 signature must hold."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme != "vapid" or parts.keys() != {"t", "k"}:
        raise Rejected(401, "vapid missing")
    claims = _verified(parts["t"], parts["k"])
    if claims.get("aud") != f"http://{request.headers['host']}":
        raise Rejected(403, "wrong audience")
    if not time.time() < claims.get("exp", 0) < time.time() + A_DAY:
        raise Rejected(403, "wrong expiry")
    if not claims.get("sub", "").startswith(("mailto:", "https:")):
        raise Rejected(403, "wrong subject")
    return claims


@lru_cache(maxsize=1000)
def _verified(token: str, key: str) -> dict[str, Any]:
    signed, _, proof = token.rpartition(".")
    header, claims = (orjson.loads(_bytes(part)) for part in signed.split("."))
    raw = _bytes(proof)
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(key))
    try:
        public.verify(signature, signed.encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise Rejected(403, "wrong signature") from None
    if header.get("alg") != "ES256":
        raise Rejected(403, "wrong algorithm")
    return claims


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
