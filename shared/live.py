"""News for open pages: server-sent events, woken by Postgres at commit.

wake() names a channel in the transaction of the change; each web process has one listener
that fans out in memory to its open streams. An event says only that there is news; the page
asks for it. A stream that is full or slow is closed, and the page comes back or polls; one whose
reader may not have it any more ends within a heartbeat.
"""

import queue
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from threading import Event as Flag
from threading import Lock, Thread

import orjson
import psycopg
import structlog
from flask import Response

from shared.config import config
from shared.errors import Unavailable
from shared.news import wake

#: Seconds between signs of life on a quiet stream: shorter than proxies' patience.
HEARTBEAT = 15

#: News that a reader may lag behind before its stream is closed.
BACKLOG = 100

#: What a reader finds when nothing happened.
NOTHING: dict = {}

__all__ = ["hub", "stream", "wake"]

log = structlog.get_logger()


def stream(service: str, channel: str, event: str, *, allowed: Callable[[], bool]) -> Response:
    """An endless answer that tells of news on *channel*, for as long as it is *allowed*.

    Raises Unavailable when this process has no room.
    """
    subscription = hub(service).subscribe(channel)
    response = Response(_tell(service, channel, subscription, event, allowed), content_type="text/event-stream")
    response.call_on_close(lambda: hub(service).unsubscribe(channel, subscription))
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response


def _tell(
    service: str, channel: str, subscription: queue.Queue, event: str, allowed: Callable[[], bool]
) -> Iterator[bytes]:
    try:
        yield b"retry: 3000\nevent: hello\ndata: {}\n\n"
        beat = time.monotonic() + HEARTBEAT
        while (news := _next(subscription, until=beat)) is not None:
            if time.monotonic() >= beat:
                if not allowed():
                    return
                beat = time.monotonic() + HEARTBEAT
            if news is NOTHING:
                yield b": still here\n\n"
                continue
            yield b"event: " + event.encode() + b"\ndata: " + orjson.dumps(news) + b"\n\n"
    finally:
        hub(service).unsubscribe(channel, subscription)


def _next(subscription: queue.Queue, *, until: float) -> dict | None:
    """The next news; NOTHING when there is none by then, None when the stream is closed."""
    try:
        return subscription.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty:
        return NOTHING


class Hub:
    """The open streams of this process, and the one listener that feeds them."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.readers: dict[str, set[queue.Queue]] = defaultdict(set)
        self.lock = Lock()
        self.listener: Thread | None = None
        self.stop = Flag()
        self.listening = False
        self.news = count(1)
        self.turns: dict[str, int] = {}

    def turn(self, channel: str) -> int | None:
        """A number that grows with each news on a channel; None while news of it would not reach us."""
        with self.lock:
            return self.turns.get(channel) if self.listening else None

    def subscribe(self, channel: str) -> queue.Queue:
        with self.lock:
            if sum(map(len, self.readers.values())) >= config().max_streams:
                raise Unavailable(retry_after=30)
            if self.listener is None:
                self.listener = Thread(target=self.listen, name=f"live-{self.service}", daemon=True)
                self.listener.start()
            mine: queue.Queue = queue.Queue(BACKLOG)
            self.readers[channel].add(mine)
            self.turns.setdefault(channel, next(self.news))
            return mine

    def unsubscribe(self, channel: str, mine: queue.Queue) -> None:
        with self.lock:
            self.readers[channel].discard(mine)
            if not self.readers[channel]:
                del self.readers[channel]
                self.turns.pop(channel, None)

    def listen(self) -> None:
        url = config().database_url_for(self.service).replace("postgresql+psycopg://", "postgresql://")
        while not self.stop.is_set():
            try:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute("LISTEN live")
                    self.tell_everybody()  # who waited while we were away should look again
                    self.listening = True
                    for notification in connection.notifies():
                        self.tell(**orjson.loads(notification.payload))
            except psycopg.OperationalError:
                self.listening = False
                log.warning("live: Postgres is away")
                self.stop.wait(0.5)

    def tell(self, to: list[str], news: dict) -> None:
        with self.lock:
            self.turns.update({channel: next(self.news) for channel in to if channel in self.turns})
            readers = [(channel, mine) for channel in to for mine in self.readers.get(channel, ())]
        for channel, mine in readers:
            try:
                mine.put_nowait(news)
            except queue.Full:
                self.drop(channel, mine)

    def tell_everybody(self) -> None:
        with self.lock:
            channels = list(self.readers)
        self.tell(channels, {})

    def drop(self, channel: str, mine: queue.Queue) -> None:
        """Let go of a reader that does not read; its stream ends when it comes to itself."""
        self.unsubscribe(channel, mine)
        with mine.mutex:
            mine.queue.clear()
        mine.put_nowait(None)


@cache
def hub(service: str) -> Hub:
    """The one hub of a service in this process."""
    return Hub(service)
