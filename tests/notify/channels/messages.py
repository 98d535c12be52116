"""Messages and addresses for the tests of channels."""

from typing import Any
from uuid import uuid4

from services.notify.channels import CHANNELS, Outgoing

DOUBLING = sorted(name for name, channel in CHANNELS.items() if channel.repeats == "doubles")
REPEATABLE = sorted(CHANNELS.keys() - set(DOUBLING))
OVER_HTTP = sorted(CHANNELS.keys() - {"email"})


def a_message(**facts):
    usual: dict[str, Any] = {
        "message_id": uuid4(),
        "title": "请到北门 North gate",
        "body": "北门灯坏了，请小队去看一下。",
        "link": "https://committee.example/a/opensesame",
        "urgency": "duty",
        "expires_in": 3600,
        "sms_template": "SMS_0001",
        "sms_params": {"place": "北门", "code": "8472"},
    }
    return Outgoing(**usual | facts)


def an_address(standin, channel):
    return {
        "web_push": lambda: standin.new_phone(),
        "email": lambda: {"email": f"{uuid4().hex[:8]}@unit.example"},
        "wecom": lambda: {"user": f"wang-{uuid4().hex[:8]}"},
        "wecom_robot": lambda: {"key": str(uuid4())},
        "dingtalk_robot": lambda: standin.new_robot(),
        "sms": lambda: {"phone": f"1380000{uuid4().int % 10_000:04}"},
        "webhook": lambda: standin.new_webhook(),
    }[channel]()


def name_of(channel, address):
    """What the stand-in calls this address."""
    key = {"email": "email", "wecom": "user", "wecom_robot": "key", "dingtalk_robot": "token", "sms": "phone"}
    if channel in key:
        return address[key[channel]]
    return address["endpoint" if channel == "web_push" else "url"].rpartition("/")[2]


def send(channel, address, gateway, message=None):
    return CHANNELS[channel].send(address, message or a_message(), gateway)
