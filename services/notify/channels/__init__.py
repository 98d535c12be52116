"""The ways to people: each takes an address, a message and the gateway's settings, and says what came of it.

A channel never raises, never keeps a thread longer than the gateway's timeouts, and its words never hold
a secret, a number or an address. The addresses, as notify keeps them:

    web_push        {"endpoint", "keys": {"p256dh", "auth"}}    a browser's subscription
    email           {"email"}
    wecom           {"user"}                                    the person's id in the corporation
    wecom_robot     {"key"}                                     of the robot's webhook
    dingtalk_robot  {"token", "secret"}                         of the robot's webhook, and its signature's
    sms             {"phone"}
    webhook         {"url", "secret"}                           a unit's own server; whsec_...
"""

from services.notify.channels import dingtalk_robot, email, sms_aliyun, web_push, webhook, wecom, wecom_robot
from services.notify.channels.outgoing import Channel, Gateway, Outcome, Outgoing

__all__ = ["CHANNELS", "Channel", "Gateway", "Outcome", "Outgoing"]

CHANNELS: dict[str, Channel] = {
    "web_push": Channel(web_push.send, web_push.REPEATS),
    "email": Channel(email.send, email.REPEATS),
    "wecom": Channel(wecom.send, wecom.REPEATS),
    "wecom_robot": Channel(wecom_robot.send, wecom_robot.REPEATS),
    "dingtalk_robot": Channel(dingtalk_robot.send, dingtalk_robot.REPEATS),
    "sms": Channel(sms_aliyun.send, sms_aliyun.REPEATS),
    "webhook": Channel(webhook.send, webhook.REPEATS),
}
