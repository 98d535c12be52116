"""The connections to providers: kept and shared by all threads, read until a moment and no longer."""

import http.client
import io
import socket
import time
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from services.notify.channels.address import PublicOnly


@cache
def session(*, public_only: bool) -> requests.Session:
    """A session that remembers connections and nothing else."""
    kept = requests.Session()
    kept.trust_env = False  # no proxy and no .netrc: the address that was judged is the one we connect to
    kept.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    kept.headers.update({"User-Agent": "joint-committee", "Accept-Encoding": "identity"})
    kept.adapters.clear()
    for scheme, pool in (PUBLIC_POOLS if public_only else POOLS).items():
        kept.mount(f"{scheme}://", _Adapter({scheme: pool}))
    return kept


class _Until(io.RawIOBase):
    """A socket that is read until a moment, however slowly its bytes drip."""

    def __init__(self, raw: Any, sock: socket.socket) -> None:
        self.raw, self.sock = raw, sock
        self.moment = time.monotonic() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.sock.settimeout(left)
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose status, headers and body together must arrive within the connection's time."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp: Any = io.BufferedReader(_Until(self.fp.detach(), sock))


class _Plain(HTTPConnection):
    response_class = _Answer


class _Tls(HTTPSConnection):
    response_class = _Answer


class PublicTls(PublicOnly, _Tls):
    """To addresses that people gave us."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


class _PublicTlsPool(HTTPSConnectionPool):
    ConnectionCls = PublicTls


POOLS = {"http": _PlainPool, "https": _TlsPool}
PUBLIC_POOLS = {"https": _PublicTlsPool}


class _Adapter(HTTPAdapter):
    def __init__(self, pools: dict[str, type[HTTPConnectionPool]]) -> None:
        super().__init__(pool_connections=32, pool_maxsize=64)
        self.poolmanager.pool_classes_by_scheme = pools
