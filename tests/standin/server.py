"""The stand-in itself: one thread with an event loop, what it received, and how it is to behave."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.standin import push
from tests.standin.http import Answer, Connection, Request
from tests.standin.mail import mail_server
from tests.standin.page import PAGES
from tests.standin.providers import (
    AGENT,
    CORP,
    KEY_ID,
    KEY_SECRET,
    PROVIDERS,
    WECOM_SECRET,
    dingtalk_secret,
    webhook_secret,
)
from tests.standin.replies import UP_TOKEN

Refuse = Callable[[Any, str], Answer]


@dataclass(frozen=True, slots=True)
class Received:
    """One message that a provider has taken."""

    channel: str
    to: str
    content: dict[str, Any]
    headers: dict[str, str]
    at: float


@dataclass(slots=True)
class Behaviour:
    """How a provider answers next: a status, a way of not answering, or its own code."""

    status: int | str = 200
    errcode: Any = None
    words: str = ""
    retry_after: str | int | None = None
    location: str | None = None
    times: int | None = None


class Standin:
    """Use it as a context manager. *decrypt* False: pushes and mails are counted, not opened, for the bench.

    `asked` holds the last paths that anybody asked for, whatever came of it.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, smtp_port: int = 0, *, decrypt: bool = True) -> None:
        self.host, self.port, self.smtp_port, self.decrypt = host, port, smtp_port, decrypt
        self.url = ""
        self.tokens: set[str] = set()
        self.asked: deque[str] = deque(maxlen=1000)
        self._behaviours: dict[tuple[str, str], Behaviour] = {}
        self._received: deque[Received] = deque(maxlen=200_000)
        self._news = threading.Condition()
        self._open: set[Connection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="standin", daemon=True)

    def __enter__(self) -> "Standin":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def settings(self) -> dict[str, str]:
        """The settings that point notify here; only the VAPID key is the committee's own."""
        return {
            "SMTP_URL": f"smtp://{self.host}:{self.smtp_port}",
            "WECOM_URL": self.url,
            "WECOM_CORP_ID": CORP,
            "WECOM_AGENT_ID": AGENT,
            "WECOM_SECRET": WECOM_SECRET,
            "DINGTALK_URL": self.url,
            "SMS_URL": self.url,
            "SMS_KEY_ID": KEY_ID,
            "SMS_KEY_SECRET": KEY_SECRET,
            "ALLOW_PRIVATE_ADDRESSES": "true",
        }

    def settings_of_replies(self) -> dict[str, str]:
        """Those that let people answer by SMS."""
        return {"SMS_UP_TOKEN": UP_TOKEN, "SMS_UP_CODES": "true"}

    def new_phone(self, name: str | None = None) -> dict[str, Any]:
        """A push subscription whose messages can be read here. The last part of its endpoint is its name."""
        return push.subscription(name or uuid4().hex, self.url)

    def new_robot(self) -> dict[str, str]:
        """The address of a new DingTalk robot."""
        token = uuid4().hex
        return {"token": token, "secret": dingtalk_secret(token)}

    def new_webhook(self, name: str | None = None) -> dict[str, str]:
        """The address of a unit's server."""
        name = name or uuid4().hex
        return {"url": f"{self.url}/webhook/{name}", "secret": webhook_secret(name)}

    def new_token(self) -> str:
        """WeCom gives out a token; clear `tokens` to make it forget all."""
        token = f"{uuid4().hex}{uuid4().hex}"
        self.tokens.add(token)
        return token

    def behave(self, channel: str, to: str = "*", status: int | str = 200, **how: Any) -> None:
        """Answer *to* like this, *times* often or for ever; see Behaviour. Status may be hang, drip or
        close_after_accepting."""
        self._behaviours[channel, to] = Behaviour(status, **how)

    def well(self) -> None:
        """Everything works again."""
        self._behaviours.clear()

    def received(self, channel: str | None = None, to: str | None = None) -> list[Received]:
        """What has come, oldest first."""
        kept = list(self._received)
        return [r for r in kept if channel in (None, r.channel) and to in (None, r.to)]

    def wait_for(self, channel: str, count: int = 1, seconds: float = 10, to: str | None = None) -> list[Received]:
        """The same, as soon as there are *count*."""
        with self._news:
            self._news.wait_for(lambda: len(self.received(channel, to)) >= count, timeout=seconds)
        return self.received(channel, to)

    def has_received(self, channel: str, to: str, content: dict[str, Any]) -> bool:
        return any(r.content == content for r in self.received(channel, to))

    def behaviour(self, channel: str, to: str) -> Behaviour | None:
        """How to answer this time."""
        for key in ((channel, to), (channel, "*")):
            if found := self._behaviours.get(key):
                found.times = None if found.times is None else found.times - 1
                if found.times == 0:
                    del self._behaviours[key]
                return found
        return None

    def behaves(self, channel: str, to: str, status: int | str) -> bool:
        """Whether the next answer will be this, without using it up."""
        found = self._behaviours.get((channel, to)) or self._behaviours.get((channel, "*"))
        return found is not None and found.status == status

    def keep(self, channel: str, to: str, content: dict[str, Any], headers: dict[str, str]) -> None:
        with self._news:
            self._received.append(Received(channel, to, content, headers, time.time()))
            self._news.notify_all()

    def settle(self, channel: str, to: str, content: dict, request: Request, yes: Answer, no: Refuse) -> Answer:
        """The answer to a request that is in order: yes and kept, or as it was asked to behave."""
        how = self.behaviour(channel, to)
        if how is None or how.status == "close_after_accepting":
            self.keep(channel, to, content, request.headers if self.decrypt else {})
        if how is None:
            return yes
        if how.errcode is not None:
            return no(how.errcode, how.words)
        if isinstance(how.status, str):
            return Answer(200, yes.body, how=how.status)
        extra = {"Retry-After": how.retry_after, "Location": how.location}
        headers = {name: str(value) for name, value in extra.items() if value is not None}
        return Answer(how.status, how.words.encode(), headers)

    def answer(self, request: Request) -> Answer:
        """Find who is meant by the address."""
        path = request.path
        self.asked.append(path)
        if page := PAGES.get((request.method, path)):
            return page(self, request)
        provider = PROVIDERS.get(path) or PROVIDERS.get(path.rpartition("/")[0])
        return provider(self, request) if provider and path != "/push" else Answer(404)

    async def _listen(self) -> None:
        listen = self._loop.create_server
        web = await listen(lambda: Connection(self.answer, self._open), self.host, self.port, backlog=1024)
        post = await listen(lambda: mail_server(self), self.host, self.smtp_port)
        self.port, self.smtp_port = (server.sockets[0].getsockname()[1] for server in (web, post))
        self.url = f"http://{self.host}:{self.port}"
        self._servers = (web, post)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for connection in list(self._open):
            connection.transport.abort()
        running = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
