"""The bare loops beside which bench/fanout.py stands: the same library, the same stand-in, as many connections.

Each does only what cannot be left out, and nothing is written down: pushes are sealed by pywebpush and sent over kept
connections; so are e-mails, which have all but their heads in common, and SMS, each signed.
"""

import http.client
import smtplib
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from pywebpush import WebPusher

from bench.client import Refused
from services.notify.channels import Gateway
from services.notify.channels.sms_aliyun import canonical, signed
from tests.standin import Standin

#: As long as what we send.
TITLE, BODY = "社区健身日", "体工二大队党支部 明天 19:00 在体工二大队操场举办，欢迎参加。"
LINK = f"http://127.0.0.1:8000/activities/{uuid4()}"
PUSHED = orjson.dumps(
    {"id": uuid4(), "title": TITLE, "body": BODY, "link": LINK, "tag": uuid4(), "urgency": "news", "actions": []}
)


def push(browsers: Sequence[dict], threads: int) -> float:
    """Pushes a second."""
    place = urlsplit(browsers[0]["endpoint"])
    headers = _headers(f"http://{place.netloc}")

    def drive(mine: Sequence[dict]) -> None:
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        for browser in mine:
            sealed = WebPusher(browser).encode(PUSHED)["body"]
            _ask(line, urlsplit(browser["endpoint"]).path, 201, sealed, headers)

    return _rate(drive, browsers, threads)


def email(mailboxes: Sequence[str], threads: int, port: int) -> float:
    """E-mails a second."""
    words = _mail().as_bytes()

    def drive(mine: Sequence[str]) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
            for mailbox in mine:
                head = f"To: {mailbox}\r\nMessage-ID: <{uuid4()}@example.org>\r\n"
                server.sendmail("committee@example.org", [mailbox], head.encode() + words)

    return _rate(drive, mailboxes, threads)


def sms(phones: Sequence[str], threads: int, url: str) -> float:
    """SMS a second."""
    settings: dict[str, Any] = {name.lower(): value for name, value in Standin().settings().items()}
    gateway = Gateway(sms_url=url, sms_key_id=settings["sms_key_id"], sms_key_secret=settings["sms_key_secret"])
    place = urlsplit(url)

    def drive(mine: Sequence[str]) -> None:
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        for phone in mine:
            params = orjson.dumps({"text": TITLE, "link": ""}).decode()
            query = {"PhoneNumbers": phone, "SignName": "三顺店社区", "TemplateCode": "SMS_NOTICE"}
            asked = canonical(query | {"TemplateParam": params, "OutId": str(uuid4())})
            _ask(line, f"/?{asked}", 200, b"", signed(gateway, asked))

    return _rate(drive, phones, threads)


def _rate(drive: Callable[[Sequence], None], to: Sequence, threads: int) -> float:
    begun = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(drive, [to[n::threads] for n in range(threads)]))
    return len(to) / (time.monotonic() - begun)


def _ask(line: http.client.HTTPConnection, path: str, expected: int, body: bytes, headers: dict[str, str]) -> None:
    line.request("POST", path, body, headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != expected:
        raise Refused(f"HTTP {answer.status}")


def _mail() -> EmailMessage:
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"], mail["Subject"] = "committee@example.org", TITLE
    mail.set_content(f"{TITLE}\n{BODY}\n{LINK}")
    mail.add_alternative(
        f"<p><strong>{TITLE}</strong></p><p>{BODY}</p><p><a href='{LINK}'>Open</a></p>", subtype="html"
    )
    return mail


def _headers(origin: str) -> dict[str, str]:
    claims = {"sub": "mailto:duty@example.org", "aud": origin, "exp": int(time.time()) + 3600}
    vapid = Vapid02(ec.generate_private_key(ec.SECP256R1())).sign(claims)["Authorization"]
    topic = urlsafe_b64encode(uuid4().bytes).rstrip(b"=").decode()
    return {"Authorization": vapid, "Content-Encoding": "aes128gcm", "TTL": "60", "Urgency": "low", "Topic": topic}
