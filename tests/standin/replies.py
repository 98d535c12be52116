"""What somebody writes back to an SMS, pushed on to the product as Aliyun's SmsUp does it."""

import os
import threading
import time
from itertools import count
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from tests.standin.server import Standin

#: The end of the address that is set at the provider; and the number to which people reply, before our code.
UP_TOKEN, NUMBER = "sms-up-stand-in-secret-0001", "10690055512"
#: Seconds until it is pushed again when the answer is not 200.
AGAIN = (0, 60, 300, 600)

_numbers = count(int(time.time()))


def product() -> str:
    """The address of what started this process."""
    return os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000")


def reply(standin: "Standin", to: str, content: str, code: str | None = None) -> dict[str, Any]:
    """Somebody at *to* writes back, to the last SMS if *code* does not say to which; the push that comes of it."""
    sent = standin.received("sms", to)
    last = sent[-1].content.get("SmsUpExtendCode", "") if sent else ""
    return {
        "phone_number": to.removeprefix("86"),
        "content": content,
        "send_time": time.strftime("%Y-%m-%d %H:%M:%S"),
        "sign_name": "三顺店社区",
        "dest_code": NUMBER + (last if code is None else code),
        "sequence_id": next(_numbers),
    }


def push(replies: list[dict[str, Any]]) -> None:
    """To the product that started this process, until it takes them; nobody waits for it."""
    url = f"{product()}/api/notify/sms/replies/{UP_TOKEN}"
    threading.Thread(target=_until_taken, args=(url, replies), daemon=True).start()


def _until_taken(url: str, replies: list[dict[str, Any]]) -> None:
    for wait in AGAIN:
        time.sleep(wait)
        try:
            if requests.post(url, json=replies, timeout=10).status_code == 200:
                return
        except requests.RequestException:
            continue
