"""Two mends of Celery 5.7.0 on Redis; import before a worker starts.

kombu: a channel whose connection was closed raises AttributeError, which ends the worker;
it is made the connection error that Celery knows how to survive. billiard: children wait
30 s at shutdown for a parent that has stopped reading; 2 s do, since an unreported result
is harmless here. A test asserts that both defects still exist.
"""

import billiard.pool
from kombu.transport import redis as transport
from redis.exceptions import ConnectionError as RedisConnectionError

_connparams = transport.Channel._connparams  # type: ignore[attr-defined]


def connparams(self, asynchronous=False):
    if self.connection is None or self.connection.client is None:
        raise RedisConnectionError("channel of a closed connection")
    return _connparams(self, asynchronous)


transport.Channel._connparams = connparams  # type: ignore[attr-defined]
billiard.pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = 20
