"""WeCom: a robot in a group. It writes to everybody in the group, twenty messages a minute at most."""

from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats
from services.notify.channels.verdict import settled
from services.notify.channels.wecom import outcome
from services.notify.channels.wire import call

REPEATS: Repeats = "doubles"


@settled(REPEATS)
def send(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
    """Write into one group."""
    body = {"msgtype": "text", "text": {"content": message.text}}
    url = f"{gateway.wecom_url}/cgi-bin/webhook/send"
    return outcome(call("POST", url, gateway, params={"key": address["key"]}, json=body), REPEATS)
