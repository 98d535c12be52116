"""Mends of Celery 5.7.0 on Redis; import before a worker starts.

kombu: a channel whose connection was closed raises AttributeError, which ends the worker;
it is made the connection error that Celery knows how to survive. billiard: children wait
30 s at shutdown for a parent that has stopped reading; 2 s do, since an unreported result
is harmless here. A message that no Celery wrote ends the worker, or takes one of its few
places for good; it is dropped, and said so. A test asserts that the defects still exist.
"""

import json
from base64 import b64decode
from typing import Any

import billiard.pool
import structlog
from kombu.transport import redis as transport
from redis.exceptions import ConnectionError as RedisConnectionError

_connparams = transport.Channel._connparams  # type: ignore[attr-defined]
_deliver = transport.Transport._deliver
_loads = transport.loads  # type: ignore[attr-defined]

log = structlog.get_logger()


def connparams(self, asynchronous=False):
    if self.connection is None or self.connection.client is None:
        raise RedisConnectionError("channel of a closed connection")
    return _connparams(self, asynchronous)


def in_words(raw: Any) -> Any:
    """As kombu does it, for bytes that are no text, too."""
    return raw.decode(errors="replace") if isinstance(raw, bytes) else raw


def loads(text: str) -> Any:
    """What stands in the queue, None if it cannot be read: deliver() drops it."""
    try:
        return _loads(text)
    except (ValueError, RecursionError):
        return None


def deliver(self, message: Any, queue: str) -> None:
    """Hand over what the relay sent, and what Celery itself says to its workers."""
    if queue.endswith(".pidbox") or is_a_bell(message):
        _deliver(self, message, queue)
    else:
        log.error("dropped a message that is none of ours", queue=queue)


def is_a_bell(message: Any) -> bool:
    """Whether this is a task as the relay sends them: at once, without limits, with its arguments in a list."""
    match message:
        case {
            "body": str(body),
            "content-type": "application/json",
            "headers": {"task": str(), "id": str(), "eta": None, "expires": None, "timelimit": [None, None]},
            "properties": {"delivery_tag": str(), "delivery_info": dict(), "body_encoding": "base64"},
        }:
            return _has_arguments(body)
    return False


def _has_arguments(body: str) -> bool:
    try:
        match json.loads(b64decode(body)):
            case [list(), dict(), dict()]:
                return True
    except (ValueError, RecursionError):
        pass
    return False


transport.Channel._connparams = connparams  # type: ignore[attr-defined]
transport.Transport._deliver = deliver  # type: ignore[method-assign, assignment]
transport.loads = loads  # type: ignore[attr-defined]
transport.bytes_to_str = in_words  # type: ignore[attr-defined]
billiard.pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = 20
