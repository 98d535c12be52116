"""The demo set's hands: they use the same API as people and units do, and nothing else."""

import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import requests

#: Ids that the demo set chooses are the same on every machine.
NAMESPACE = UUID("20121031-0000-5000-8000-000000000000")


def fixed_id(what: str) -> str:
    return str(uuid5(NAMESPACE, what))


class Refused(Exception):
    """A service said no to the demo set."""


class Desk:
    """Somebody signed in, or a unit's key."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url.rstrip("/"), token
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: Any) -> Any:
        return self._ask("GET", path, params=query)

    def items(self, path: str, **query: Any) -> Iterator[dict]:
        """All items of a paged list."""
        cursor = None
        while True:
            page = self.get(path, **query, limit=200, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            if not (cursor := page["next"]):
                return

    def post(self, path: str, body: dict | None = None, *, key: str | None = None, version: int | None = None) -> Any:
        headers = {"Idempotency-Key": fixed_id(key or f"{path} {body}")} | _if_match(version)
        return self._ask("POST", path, json=body or {}, headers=headers)

    def make(self, path: str, body: dict, *, key: str) -> Any:
        """Create it; or find what an interrupted run created, as it is by now."""
        headers = {"Idempotency-Key": fixed_id(key)}
        answer = self._send("POST", path, json=body, headers=headers)
        made = _said(answer)
        return self.get(f"{path}/{made['id']}") if "Idempotency-Replayed" in answer.headers else made

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)

    def put(self, path: str, body: dict | None = None, *, version: int | None = None) -> Any:
        """Put it there, whether or not an interrupted run did so before; wait for news that is still on its way."""
        for _ in range(200):
            answer = self._send("PUT", path, json=body or {}, headers=_if_match(version))
            if answer.status_code == 428:
                answer = self._send("PUT", path, json=body, headers=_if_match(self.get(path)["version"]))
            if not (answer.status_code == 422 and '"unknown"' in answer.text):
                break
            time.sleep(0.2)
        return _said(answer)

    def patch(self, path: str, body: dict, *, version: int) -> Any:
        return self._ask("PATCH", path, json=body, headers=_if_match(version))

    def upload(self, path: str, filename: str, content: bytes) -> Any:
        headers = {"Idempotency-Key": fixed_id(f"{path} {filename} {sha256(content).hexdigest()}")}
        return self._ask("POST", path, files={"file": (filename, content)}, headers=headers)

    def wait(self, path: str, seen, seconds: float = 120) -> Any:
        """Ask again until *seen* says that the answer is there."""
        limit = time.monotonic() + seconds
        while not seen(answer := self.get(path)):
            if time.monotonic() > limit:
                raise Refused(f"{path} is still {answer}")
            time.sleep(0.2)
        return answer

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        return _said(self._send(method, path, **more))

    def _send(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.http.request(method, f"{self.url}/api{path}", timeout=60, **more)


def _said(answer: requests.Response) -> Any:
    if answer.status_code >= 400:
        raise Refused(f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[:1000]}")
    return answer.json() if answer.content else None


def _if_match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"v{version}"'}
