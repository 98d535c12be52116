"""Signing in as people do: ask for a code, read it on the phone, type it."""

import os
import re
import time
from collections.abc import Iterable

import requests

from demo.desk import Desk, Refused

PATIENCE = 90  # seconds; a number gets one code a minute, so an earlier run can be in the way
ASK_AGAIN = 20


def sign_in(url: str, phones: Iterable[str]) -> dict[str, Desk]:
    """All of them at once, by their numbers: the codes come while the others are still asked for."""
    asked = [Phone(url, number) for number in phones]
    for phone in asked:
        phone.ask()
    return {phone.number: phone.enter() for phone in asked}


class Phone:
    """Somebody's browser, and their messages."""

    def __init__(self, url: str, number: str) -> None:
        self.url, self.number = url, number
        self.browser = requests.Session()
        self.browser.headers["X-Requested-By"] = "demo"
        self.before = self._codes()

    def ask(self) -> None:
        self._post("/sign-in/codes", {"phone": self.number})

    def enter(self) -> Desk:
        limit, again = time.monotonic() + PATIENCE, time.monotonic() + ASK_AGAIN
        while (codes := self._codes()) == self.before:
            if time.monotonic() > limit:
                raise Refused(f"no code came to {self.number}")
            if time.monotonic() > again:
                self.ask()
                again += ASK_AGAIN
            time.sleep(0.1)
        self._post("/sign-in", {"phone": self.number, "code": codes[-1]})
        return Desk(self.url, self.browser.cookies["sid"])

    def _post(self, path: str, body: dict) -> None:
        self.browser.post(f"{self.url}/api/members{path}", json=body, timeout=30).raise_for_status()

    def _codes(self) -> list[str]:
        """The codes that this number got, oldest first."""
        phones = f"http://127.0.0.1:{os.environ['DEMO_PHONES_PORT']}"
        sent = requests.get(f"{phones}/_received", params={"channel": "sms"}, timeout=10).json()["items"]
        found = [re.search(r"\d{6}", str(m["content"]["TemplateParam"])) for m in sent if self.number in m["to"]]
        return [code.group() for code in found if code]
