"""Telling open pages that there is news, in the transaction that makes it. live.py carries it to them."""

from collections.abc import Iterable

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

NOTIFY = text("SELECT pg_notify('live', :payload)")


def wake(db: Session, channels: Iterable[str], **news: str) -> None:
    """Tell the open pages of these channels, once *db* commits."""
    names = list(channels)
    for first in range(0, len(names), 100):  # a notification holds 8,000 bytes
        db.execute(NOTIFY, {"payload": orjson.dumps({"to": names[first : first + 100], "news": news}).decode()})
