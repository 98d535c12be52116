"""Telling the boards that are open that something on them changed."""

from uuid import UUID

from sqlalchemy.orm import Session

from shared.news import wake


def tell_board(db: Session, changed: str, what: UUID) -> None:
    """*changed*: shift, sos, trouble."""
    wake(db, [channel(db)], changed=changed, id=str(what))


def channel(db: Session) -> str:
    """A committee's boards listen here."""
    return f"board:{db.info['committee_id']}"
