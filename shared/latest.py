"""One answer for all who ask the same: made anew when there is news of it, or when it has grown old.

Two hundred open boards ask at the same moment, after the same news: the first makes the answer, the others wait for it.
Only while this process hears of all news (shared/live.py) is anything kept. Between a commit and its news lie some
milliseconds; whoever asks within them is told by their stream to ask again, and whoever made the change asks *fresh*.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any

import orjson
from flask import Response

from shared.live import hub

#: Seconds after which an answer is made anew without news: the time of day is part of it.
GOOD_FOR = 5.0


class Latest:
    """The newest answer about a channel, as it goes out."""

    def __init__(self, service: str, channel: str) -> None:
        self.service, self.channel = service, channel
        self.lock = Lock()
        self.turn: int | None = None
        self.made_at = 0.0
        self.body = b""

    def get(self, make: Callable[[], Any]) -> bytes:
        with self.lock:
            turn = hub(self.service).turn(self.channel)
            if turn != self.turn or time.monotonic() > self.made_at + GOOD_FOR:
                self.made_at, self.body = time.monotonic(), orjson.dumps(make())
                self.turn = turn
            return self.body


def answer(service: str, channel: str, make: Callable[[], Any], *, fresh: bool = False) -> Response:
    """What *make* returns, as JSON; the one that was made last where nothing has happened since."""
    kept = not fresh and hub(service).turn(channel) is not None
    body = _latest(service, channel).get(make) if kept else orjson.dumps(make())
    return Response(body, content_type="application/json")


@lru_cache(maxsize=256)
def _latest(service: str, channel: str) -> Latest:
    return Latest(service, channel)
