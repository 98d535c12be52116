"""WeCom: a message of the organisation's application, which also reaches plain WeChat through the plug-in."""

import time
from threading import Lock

from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import by_status, settled
from services.notify.channels.wire import Reply, Unanswered, call

REPEATS: Repeats = "replaced"  # WeCom drops what it has seen within the interval below
INTERVAL = 4 * 3600
TOKEN_REFUSED = {40014, 42001}
OFTEN = {45009, 45033}
BUSY = {-1, 6000}

_tokens: dict[tuple[str, str, str], tuple[str, float]] = {}
_fetching = Lock()


class _NoToken(Exception):
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Send to one person; an old token is exchanged once."""
    try:
        reply = _post(address, message, gateway, token := _token(gateway))
        if reply.status == 200 and reply.errcode()[0] in TOKEN_REFUSED:
            reply = _post(address, message, gateway, _token(gateway, instead_of=token))
    except _NoToken as refusal:
        reply = refusal.reply
    return outcome(reply, REPEATS)


def outcome(reply: Reply, repeats: Repeats) -> Outcome:
    """WeCom answers HTTP 200 whatever happened: errcode counts, and who was invalid among the readers."""
    if reply.status != 200:
        return by_status(reply, repeats)
    code, words = reply.errcode()
    if code in OFTEN | BUSY | TOKEN_REFUSED:
        return Outcome("later", f"{code}: {words}", retry_after=60.0 if code in OFTEN else None)
    if code != 0:
        return Outcome("give_up", f"{code}: {words}")
    answer = reply.json()
    if answer.get("invaliduser") or answer.get("unlicenseduser"):
        return Outcome("give_up", "0: invaliduser")
    return Outcome("delivered", f"{code}: {words}", provider_id=answer.get("msgid"))


def _post(address: dict, message: Outgoing, gateway: Gateway, token: str) -> Reply:
    # WeCom also drops other messages with the same words: the end of the id makes them differ.
    text = f"{message.text}\n#{message.message_id.hex[-6:]}"
    body = {
        "touser": address["user"],
        "msgtype": "text",
        "agentid": int(gateway.wecom_agent_id or 0),
        "text": {"content": text},
        "enable_duplicate_check": 1,
        "duplicate_check_interval": INTERVAL,
    }
    url = f"{gateway.wecom_url}/cgi-bin/message/send"
    return call("POST", url, gateway, params={"access_token": token}, json=body)


def _token(gateway: Gateway, instead_of: str | None = None) -> str:
    """The access token, which all threads share; *instead_of* the one that was refused."""
    key = (gateway.wecom_url, gateway.wecom_corp_id, gateway.wecom_secret)
    if not _fetching.acquire(timeout=gateway.timeout):
        raise Unanswered("waited for a token", reached=False)
    try:
        token, until = _tokens.get(key, ("", 0.0))
        if not token or token == instead_of or time.monotonic() > until:
            token, seconds = _fetched(gateway)
            _tokens[key] = token, time.monotonic() + seconds - 60
        return token
    finally:
        _fetching.release()


def _fetched(gateway: Gateway) -> tuple[str, float]:
    query = {"corpid": gateway.wecom_corp_id, "corpsecret": gateway.wecom_secret}
    reply = call("GET", f"{gateway.wecom_url}/cgi-bin/gettoken", gateway, params=query)
    if reply.status != 200 or reply.errcode()[0] != 0:
        raise _NoToken(reply)
    answer = reply.json()
    if not answer.get("access_token"):
        raise Unanswered("no token in the answer", reached=False)
    return answer["access_token"], float(answer.get("expires_in", 7200))
