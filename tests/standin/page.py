"""What a person or another process can ask the stand-in: what went out, new phones, misbehaviour."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import orjson

from tests.standin import push
from tests.standin.http import Answer, Request

if TYPE_CHECKING:
    from tests.standin.server import Received, Standin

NEWEST = 200


def page(standin: "Standin", request: Request) -> Answer:
    """What went out, newest first, for eyes."""
    rows = "".join(_row(r) for r in reversed(standin.received()[-NEWEST:]))
    html = (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="refresh" content="3">'
        "<title>已发出的消息 Messages that went out</title>"
        "<style>body{font:15px system-ui;margin:2rem}td{padding:.3rem .8rem;border-top:1px solid #ccc}</style>"
        f"<h1>已发出的消息 Messages that went out</h1><table>{rows or '<tr><td>还没有 None yet'}</table>"
    )
    return Answer(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def received(standin: "Standin", request: Request) -> Answer:
    """The same for programs: ?channel= and ?to=."""
    found = standin.received(request.query.get("channel"), request.query.get("to"))
    items = [{"channel": r.channel, "to": r.to, "content": r.content, "at": r.at} for r in found[-NEWEST:]]
    return Answer(200, {"count": len(found), "items": items})


def new_phone(standin: "Standin", request: Request) -> Answer:
    """A push subscription, for a process that is not this one: {"name"?}."""
    name = (request.json() if request.body else {}).get("name")
    made = standin.new_phone(name)
    return Answer(201, push.subscription(made["endpoint"].rpartition("/")[2], f"http://{request.headers['host']}"))


def behave(standin: "Standin", request: Request) -> Answer:
    """Standin.behave over HTTP; without a body everything works again."""
    if request.body:
        standin.behave(**request.json())
    else:
        standin.well()
    return Answer(204)


def _row(r: "Received") -> str:
    return f"<tr><td>{escape(r.channel)}<td>{escape(r.to)}<td>{escape(_words(r))}"


def _words(r: "Received") -> str:
    """What the reader sees of a message."""
    content: dict[str, Any] = r.content
    if r.channel == "sms":
        return f"【{content['SignName']}】{content['TemplateCode']} {content['TemplateParam']}"
    if text := content.get("text"):
        return text if isinstance(text, str) else text["content"]
    return orjson.dumps(content).decode()


PAGES: dict[tuple[str, str], Callable[["Standin", Request], Answer]] = {
    ("GET", "/"): page,
    ("GET", "/_received"): received,
    ("POST", "/_phones"): new_phone,
    ("POST", "/_behave"): behave,
}
