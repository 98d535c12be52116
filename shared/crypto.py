"""Personal data that the database keeps but cannot read, and the index by which it is found.

A value is sealed with AES-256-GCM as `v1.<key id>.<nonce and ciphertext>`; the first key of
FIELD_KEYS seals, all of them open, so that keys can be rotated. A blind index is a keyed hash
of the normalised value: equal values have equal hashes, and nothing else can be told from it.
"""

import hashlib
import hmac
import os
import secrets
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from typing import Any

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary, String
from sqlalchemy.types import TypeDecorator

from shared.config import config


class Encrypted(TypeDecorator):
    """A text column, sealed. *place* ("members.people.phone") binds the ciphertext to its column."""

    impl: Any = String
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value, dialect):
        return None if value is None else seal(value, self.place)

    def process_result_value(self, value, dialect):
        return None if value is None else unseal(value, self.place)


class EncryptedJSON(Encrypted):
    """The same for a small document."""

    cache_ok = True

    def process_bind_param(self, value, dialect):
        return super().process_bind_param(None if value is None else orjson.dumps(value).decode(), dialect)

    def process_result_value(self, value, dialect):
        text = super().process_result_value(value, dialect)
        return None if text is None else orjson.loads(text)


class EncryptedBytes(Encrypted):
    """The same for what is no text, such as a voice."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else seal_bytes(value, self.place)

    def process_result_value(self, value, dialect):
        return None if value is None else unseal_bytes(bytes(value), self.place)


class Hash(LargeBinary):
    """A column that holds a hash of a secret or a blind index."""


def seal(text: str, place: str) -> str:
    kid, sealed = _sealed(text.encode(), place)
    return f"v1.{kid}.{urlsafe_b64encode(sealed).decode()}"


def unseal(envelope: str, place: str) -> str:
    """The text in *envelope*. Raises InvalidTag when it was changed or belongs to another place."""
    _, kid, body = envelope.split(".")
    return _opened(kid, urlsafe_b64decode(body), place).decode()


def seal_bytes(content: bytes, place: str) -> bytes:
    """An envelope of bytes: the same without base64."""
    kid, sealed = _sealed(content, place)
    return f"v1.{kid}.".encode() + sealed


def unseal_bytes(envelope: bytes, place: str) -> bytes:
    _, kid, body = envelope.split(b".", 2)
    return _opened(kid.decode(), body, place)


def blind(value: str) -> bytes:
    """The blind index of *value*, which the caller has normalised: 16 bytes."""
    return hmac.digest(b64decode(config().blind_key), value.encode(), "sha256")[:16]


def new_token(prefix: str = "") -> str:
    """A secret that nobody can guess: 256 bits. Keep only hashed(token)."""
    return prefix + secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def sign(text: str) -> str:
    """A short proof that *text* was made here; check it with signed()."""
    mac = hmac.digest(b64decode(config().signing_key), text.encode(), "sha256")[:18]
    return urlsafe_b64encode(mac).decode()


def signed(text: str, proof: str) -> bool:
    return hmac.compare_digest(sign(text), proof)


def _sealed(content: bytes, place: str) -> tuple[str, bytes]:
    """By which key, and nonce and ciphertext."""
    kid, key = next(iter(_keys().items()))
    nonce = os.urandom(12)
    return kid, nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def _opened(kid: str, sealed: bytes, place: str) -> bytes:
    return AESGCM(_keys()[kid]).decrypt(sealed[:12], sealed[12:], place.encode())


@cache
def _keys() -> dict[str, bytes]:
    keys = [b64decode(key) for key in config().field_keys.split(",")]
    return {hashlib.sha256(key).hexdigest()[:8]: key for key in keys}
