"""Telling open pages that there is news, in the transaction that makes it. live.py carries it to them."""

from collections.abc import Iterable

import orjson
from sqlalchemy.orm import Session

from shared.db import plain

NOTIFY = "SELECT pg_notify('live', %(payload)s)"


def wake(db: Session, channels: Iterable[str], **news: str) -> None:
    """Tell the open pages of these channels, once *db* commits."""
    names = list(channels)
    for first in range(0, len(names), 100):  # a notification holds 8,000 bytes
        plain(db, NOTIFY, payload=orjson.dumps({"to": names[first : first + 100], "news": news}).decode())
