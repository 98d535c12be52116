"""Words are forgotten after a while; that somebody was told, and how it went, is kept."""

from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.notify.models import Address, Ladder, Sending, SmsQuestion, SmsReply, StandDown, Text
from shared.db import now

KEPT = timedelta(days=30)
#: A gateway pushes a reply again for some hours.
KEPT_REPLIES = timedelta(days=2)


def forget_old_words(db: Session) -> None:
    """Empty the texts that are older than the inbox reaches back, and what else nobody asks for any more."""
    old = now() - KEPT
    texts = update(Text).where(Text.title.is_not(None), Text.created_at < old)
    db.execute(texts.values(title=None, body=None, link=None))
    db.execute(delete(StandDown).where(StandDown.at < old))
    db.execute(delete(Ladder).where(Ladder.ended_at < old))
    db.execute(delete(SmsQuestion).where(SmsQuestion.asked_at < old))
    db.execute(delete(SmsReply).where(SmsReply.at < now() - KEPT_REPLIES))
    used = select(Sending.id).where(Sending.address_id == Address.id)
    db.execute(delete(Address).where(Address.address.is_(None), Address.dead_at < old, ~used.exists()))
