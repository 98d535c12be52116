"""SMS through Aliyun's SendSms, or any gateway that speaks its form; signed with ACS3-HMAC-SHA256.

Written out here because the vendor's SDK brings twenty packages for these few lines.
"""

import hashlib
import hmac
from urllib.parse import quote, urlsplit
from uuid import uuid4

import orjson

from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import by_status, settled
from services.notify.channels.wire import Reply, Unanswered, call
from shared.clock import now

REPEATS: Repeats = "doubles"
ALGORITHM = "ACS3-HMAC-SHA256"
LATER = ("isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "Throttling", "ServiceUnavailable")
#: Which of its limits was met, Aliyun says only in its words.
WAITS = {"天级": 86_400.0, "小时级": 3600.0, "分钟级": 60.0}


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Send by an approved template; the provider forms the text."""
    query = {
        "PhoneNumbers": address["phone"],
        "SignName": gateway.sms_sign_name,
        "TemplateCode": message.sms_template,
        "TemplateParam": orjson.dumps(message.sms_params).decode(),
        "OutId": str(message.message_id),
    } | ({"SmsUpExtendCode": message.sms_code} if message.sms_code else {})
    line = canonical(query)
    headers = signed(gateway, line)
    return _outcome(call("POST", f"{gateway.sms_url.rstrip('/')}/?{line}", gateway, headers=headers))


def _outcome(reply: Reply) -> Outcome:
    code, words = _code(reply)
    if code == "OK":
        return Outcome("delivered", "OK", provider_id=reply.json().get("BizId"))
    if code.startswith(LATER):
        wait = next((seconds for name, seconds in WAITS.items() if name in words), None)
        return Outcome("later", f"{code}: {words}", retry_after=wait)
    if reply.status == 200:
        return Outcome("give_up", f"{code}: {words}")
    return by_status(reply, REPEATS, f"{code}: {words}")


def _code(reply: Reply) -> tuple[str, str]:
    """Aliyun's own verdict and words. Something in between may have answered in its place, but never with 200."""
    try:
        answer = reply.json()
        return str(answer["Code"]), str(answer.get("Message", ""))
    except (Unanswered, KeyError):
        if reply.status == 200:
            raise Unanswered("HTTP 200 without Code", reached=True) from None
        return "", ""


def canonical(query: dict[str, str]) -> str:
    """The query as it is signed, and as it is sent."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(query.items()))


def signature(secret: str, line: str, headers: dict[str, str]) -> str:
    """Over the request in its canonical form: method, path, query, headers, hash of the (empty) body."""
    named = "".join(f"{name}:{value.strip()}\n" for name, value in sorted(headers.items()))
    request = "\n".join(["POST", "/", line, named, ";".join(sorted(headers)), headers["x-acs-content-sha256"]])
    hashed = hashlib.sha256(request.encode()).hexdigest()
    return hmac.new(secret.encode(), f"{ALGORITHM}\n{hashed}".encode(), "sha256").hexdigest()


def signed(gateway: Gateway, line: str) -> dict[str, str]:
    """The headers that prove to the provider that we ask."""
    headers = {
        "host": urlsplit(gateway.sms_url).netloc,
        "x-acs-action": "SendSms",
        "x-acs-version": "2017-05-25",
        "x-acs-date": now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": uuid4().hex,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
    }
    proof = signature(gateway.sms_key_secret, line, headers)
    names = ";".join(sorted(headers))
    credential = f"{ALGORITHM} Credential={gateway.sms_key_id},SignedHeaders={names},Signature={proof}"
    return {"Host": headers.pop("host"), **headers, "Authorization": credential}


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")
