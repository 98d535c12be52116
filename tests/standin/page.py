"""What a person or another process can ask the stand-in: what went out, new phones, misbehaviour."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import orjson

from tests.standin import push, replies
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


def write_a_reply(standin: "Standin", request: Request) -> Answer:
    """Where a person types what they would write back."""
    to, code = (escape(request.query.get(name, "")) for name in ("to", "code"))
    html = (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>回短信 Reply</title>'
        "<style>body,input,button{font:18px system-ui}body{margin:2rem}input,button{padding:.6rem}</style>"
        f'<h1>回短信 Reply</h1><form method="post" action="/_reply"><label>{to}：'
        f'<input name="content" autofocus required></label><input type="hidden" name="to" value="{to}">'
        f'<input type="hidden" name="code" value="{code}"> <button>发送 Send</button></form>'
    )
    return Answer(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def send_a_reply(standin: "Standin", request: Request) -> Answer:
    """Somebody writes back, on that page or from a program: {"to", "content", "code"?}."""
    typed = "json" not in request.headers.get("content-type", "")
    said = dict(parse_qsl(request.body.decode())) if typed else request.json()
    replies.push([replies.reply(standin, said["to"], said["content"], said.get("code"))])
    return Answer(303, headers={"Location": "/"}) if typed else Answer(202)


def behave(standin: "Standin", request: Request) -> Answer:
    """Standin.behave over HTTP; without a body everything works again."""
    if request.body:
        standin.behave(**request.json())
    else:
        standin.well()
    return Answer(204)


def _row(r: "Received") -> str:
    return f"<tr><td>{escape(r.channel)}<td>{escape(r.to)}<td>{escape(_words(r))}<td>{_link_to_reply(r)}"


def _link_to_reply(r: "Received") -> str:
    if r.channel != "sms":
        return ""
    about = urlencode({"to": r.to, "code": r.content.get("SmsUpExtendCode", "")})
    link = _parameters(r).get("link")
    opened = f' <a href="{replies.product()}/a/{escape(link)}">打开链接 Open</a>' if link else ""
    return f'<a href="/_reply?{escape(about)}">回短信 Reply</a>{opened}'


def _parameters(r: "Received") -> dict[str, str]:
    return orjson.loads(r.content["TemplateParam"])


def _words(r: "Received") -> str:
    """What the reader sees of a message."""
    content: dict[str, Any] = r.content
    if r.channel == "sms":
        words = [value for name, value in _parameters(r).items() if name != "link"]
        return f"【{content['SignName']}】{' '.join(filter(None, words))} ({content['TemplateCode']})"
    if text := content.get("text"):
        return text if isinstance(text, str) else text["content"]
    return orjson.dumps(content).decode()


PAGES: dict[tuple[str, str], Callable[["Standin", Request], Answer]] = {
    ("GET", "/"): page,
    ("GET", "/_received"): received,
    ("POST", "/_phones"): new_phone,
    ("GET", "/_reply"): write_a_reply,
    ("POST", "/_reply"): send_a_reply,
    ("POST", "/_behave"): behave,
}
