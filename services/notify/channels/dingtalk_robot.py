"""DingTalk: a robot in a group, with a signature. Twenty messages a minute at most."""

import hmac
from base64 import b64encode

from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import by_status, settled
from services.notify.channels.wire import call
from shared.clock import now

REPEATS: Repeats = "doubles"
OFTEN = {130101, 410100}
BUSY = {-1}


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Write into one group. HTTP says 200 whatever happened: errcode counts."""
    at = str(int(now().timestamp() * 1000))
    query = {"access_token": address["token"], "timestamp": at, "sign": sign(address["secret"], at)}
    body = {"msgtype": "text", "text": {"content": message.text}}
    reply = call("POST", f"{gateway.dingtalk_url}/robot/send", gateway, params=query, json=body)
    if reply.status != 200:
        return by_status(reply, REPEATS)
    code, words = reply.errcode()
    if code in OFTEN | BUSY:
        return Outcome("later", f"{code}: {words}", retry_after=60.0 if code in OFTEN else None)
    return Outcome("delivered" if code == 0 else "give_up", f"{code}: {words}")


def sign(secret: str, at: str) -> str:
    """DingTalk's signature of a moment in milliseconds."""
    return b64encode(hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), "sha256")).decode()
