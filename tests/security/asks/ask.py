"""A request as a row of the table means it, with the names of things in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from werkzeug.test import Client, TestResponse

from shared.db import now


@dataclass(frozen=True, kw_only=True)
class Ask:
    """How to call a route. A "{name}" in it stands for a thing of the world; *thing* is the one that matters.

    *lists*: the answer shows the thing, or not. *named*: the body names it at this field; what one may not name is
    unknown there. *made*: the client makes the id, so one that is taken is 409. *effect*: whether it did anything.
    *path*: other things that the path names.
    """

    thing: str | None = None
    json: Any = None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    upload: bytes | None = None
    body: bytes | None = None
    lists: bool = False
    named: str = ""
    made: bool = False
    path: dict[str, str] = field(default_factory=dict)
    effect: Callable[[TestResponse], bool] | None = None

    def send(self, client: Client, route: str, things: dict[str, Any], headers: dict[str, str]) -> TestResponse:
        """Send it about these things."""
        method, _, path = route.partition(" ")
        path = re.sub(r"/api/\w+", "", path, count=1)
        path = re.sub(r"<(\w+)>", lambda name: self.in_path(name[1], things), path)
        more: dict[str, Any] = {}
        if self.json is not None:
            more["json"] = _filled(self.json, things)
        if self.upload is not None:
            more["data"] = {"file": (BytesIO(self.upload), "名册.xlsx")}
        if self.body is not None:
            more |= {"data": self.body, "content_type": "image/jpeg"}
        given = {} if method == "GET" else {"If-Match": "*", "Idempotency-Key": str(uuid4())}
        given |= _filled(self.headers, things) | headers
        answer = client.open(path + self.query, method=method, headers=given, buffered=False, **more)
        if not answer.content_type.startswith("text/event-stream"):  # which has no end
            answer.get_data()
        answer.close()
        return answer

    def in_path(self, name: str, things: dict[str, Any]) -> str:
        """What stands in the path for this name."""
        return _filled(self.path[name], things) if name in self.path else str(things[self.thing or ""])

    def worked(self, answer: TestResponse) -> bool:
        """Whether it did what it asked for."""
        return answer.status_code < 300 and (self.effect is None or self.effect(answer))

    def refused(self, answer: TestResponse) -> bool:
        """Whether it was told no, in one of the ways that tell nothing else."""
        if answer.status_code in (401, 403, 404):
            return True
        if self.named and answer.status_code == 422:
            return self._unknown(said(answer))
        if self.made and answer.status_code == 409:
            return said(answer).keys() == {"type", "title", "status", "detail"}
        return self.effect is not None and answer.status_code == 200 and not self.effect(answer)

    def _unknown(self, problem: dict[str, Any]) -> bool:
        errors = problem["errors"]
        return errors.keys() == {self.named} and [error["code"] for error in errors[self.named]] == ["unknown"]


def said(answer: TestResponse) -> dict[str, Any]:
    """What is in an answer."""
    assert isinstance(answer.json, dict)
    return answer.json


def soon(hours: float = 0) -> str:
    """A moment, as clients send it."""
    return (now() + timedelta(hours=hours)).isoformat()


def _filled(value: Any, things: dict[str, Any]) -> Any:
    if callable(value):
        return _filled(value(), things)
    if isinstance(value, dict):
        return {name: _filled(inner, things) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, things) for inner in value]
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda name: str(things[name[1]]), value)
    return value
