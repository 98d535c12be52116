"""Keys with which a unit's own software speaks to us: shown once, kept as a hash, revoked at once.

The secret is not random but derived, with our signing key, from who asked and with which
Idempotency-Key. So the same request sent again (an answer was lost on the way) gets the same key
and makes no second one, and nowhere does the key, or what it can be derived from, stand in the
database. After an hour the answer to a repeated request is that the key was shown already.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.members.models import ApiKey
from shared.crypto import hashed, sign
from shared.db import find, now
from shared.errors import Invalid, Problem

SHOWN_AGAIN_FOR = timedelta(hours=1)


class KeyAlreadyShown(Problem):
    """This key was made and shown before; rotate it if it got lost."""


class KeyRevoked(Problem):
    """This key is not valid any more."""


def of_unit(db: Session, unit_id: UUID) -> Sequence[ApiKey]:
    return db.scalars(select(ApiKey).where(ApiKey.unit_id == unit_id).order_by(ApiKey.created_at.desc())).all()


def make(
    db: Session, unit_id: UUID, *, kind: str, label: str, scopes: list[str], expires_at: datetime | None, request: str,
    by: str,
) -> tuple[ApiKey, str]:  # fmt: skip
    """Make a key for *request*, which names the caller and their Idempotency-Key; return it with its secret."""
    if expires_at and expires_at <= now():
        raise Invalid(errors={"expires_at": ["in_the_past"]})
    secret = f"jc_{kind}_{sign(f'members.api_keys 1 {request}')}{sign(f'members.api_keys 2 {request}')}"
    if known := db.scalar(select(ApiKey).where(ApiKey.request == hashed(request))):
        return _again(known, secret), secret
    key = ApiKey(
        unit_id=unit_id, kind=kind, label=label, scopes=sorted(set(scopes)), expires_at=expires_at, key=hashed(secret),
        request=hashed(request), ending=secret[-4:], created_by=by,
    )  # fmt: skip
    db.add(key)
    db.flush()
    return key, secret


def rotate(db: Session, key: ApiKey, *, overlap_hours: int, request: str, by: str) -> tuple[ApiKey, str]:
    """Make a key that may do the same; the old one ends after the overlap."""
    known = db.scalar(select(ApiKey.id).where(ApiKey.request == hashed(request)))
    if not known and not is_valid(key):
        raise KeyRevoked
    made = make(
        db, key.unit_id, kind=key.kind, label=key.label, scopes=key.scopes, expires_at=key.expires_at, request=request,
        by=by,
    )  # fmt: skip
    if not known:
        _end(db, key.id, now() + timedelta(hours=overlap_hours))
    return made


def revoke(db: Session, key_id: UUID) -> None:
    """From this moment on nobody gets in with it."""
    find(db, ApiKey, key_id)
    _end(db, key_id, now())


def is_valid(key: ApiKey) -> bool:
    return (key.revoked_at is None or key.revoked_at > now()) and (key.expires_at is None or key.expires_at > now())


def _again(key: ApiKey, secret: str) -> ApiKey:
    """The key that this very request made before, if it may still be shown."""
    if key.key != hashed(secret) or now() - key.created_at > SHOWN_AGAIN_FOR:
        raise KeyAlreadyShown
    return key


def _end(db: Session, key_id: UUID, moment: datetime) -> None:
    """A key ends once; the earlier end counts."""
    later = ApiKey.revoked_at.is_(None) | (ApiKey.revoked_at > moment)
    db.execute(update(ApiKey).where(ApiKey.id == key_id, later).values(revoked_at=moment))
