"""Devices on which a person is signed in: remembered, listed, signed out, here or everywhere."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.members.models import SignInSession
from shared.crypto import hashed, new_token
from shared.db import now
from shared.errors import NotFound

REMEMBERED = timedelta(days=90)
ONCE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=10)


def begin(db: Session, person_id: UUID, *, device: str, remember: bool) -> str:
    """Sign a person in on this device; return the token, of which we keep only the hash."""
    token = new_token()
    until = now() + (REMEMBERED if remember else ONCE)
    db.add(SignInSession(token=hashed(token), person_id=person_id, device=device, expires_at=until))
    db.flush()
    return token


def seen(db: Session, session_id: UUID | None) -> None:
    """Note a sign of life, to ten minutes."""
    mine = (SignInSession.id == session_id) & (SignInSession.last_seen_at < now() - SEEN_EVERY)
    db.execute(update(SignInSession).where(mine).values(last_seen_at=now()))


def devices(db: Session, person_id: UUID) -> Sequence[SignInSession]:
    mine = (SignInSession.person_id == person_id) & (SignInSession.expires_at > now())
    return db.scalars(select(SignInSession).where(mine).order_by(SignInSession.last_seen_at.desc())).all()


def end(db: Session, person_id: UUID, session_id: UUID | None) -> None:
    """Sign a person out on one of their devices, at once."""
    mine = (SignInSession.person_id == person_id) & (SignInSession.id == session_id)
    if db.execute(delete(SignInSession).where(mine).returning(SignInSession.id)).first() is None:
        raise NotFound


def end_all(db: Session, person_id: UUID) -> None:
    db.execute(delete(SignInSession).where(SignInSession.person_id == person_id))


def forget_expired(db: Session) -> None:
    db.execute(delete(SignInSession).where(SignInSession.expires_at < now()))
