"""notify, route by route."""

from tests.security.asks.ask import Ask, said
from tests.standin.replies import UP_TOKEN

NOTHING = "–"
MESSAGE, UNIT = "a message", "a unit"
KEYS = {"p256dh": "B" * 87, "auth": "a" * 22}
PUSH = {"subscription": {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "keys": KEYS}}
WORDS = {"title": "标题", "body": "正文"}
ROBOT = {"channel": "wecom_robot", "role": "duty", "label": "值班群", "key": "a1b2c3d4-0000"}
WISHES = {"quiet_from": "22:00", "quiet_until": "07:00", "off": {}}

ASKS = {
    ("GET /api/notify/inbox", "messages"): Ask(thing="message", lists=True),
    ("GET /api/notify/inbox/count", NOTHING): Ask(),
    ("GET /api/notify/inbox/stream", NOTHING): Ask(),
    ("GET /api/notify/inbox/<message_id>", MESSAGE): Ask(thing="message"),
    ("POST /api/notify/inbox/<message_id>/read", MESSAGE): Ask(thing="message"),
    ("POST /api/notify/inbox/read-all", NOTHING): Ask(),
    ("POST /api/notify/inbox/<message_id>/answer", MESSAGE): Ask(thing="message", json={"answer": "ack"}),
    ("GET /api/notify/a/<token>", NOTHING): Ask(thing="our_link"),
    ("POST /api/notify/a/<token>", NOTHING): Ask(thing="our_link", json={"answer": "ack"}),
    ("POST /api/notify/sms/replies/<token>", NOTHING): Ask(path={"token": UP_TOKEN}, json=[]),
    ("GET /api/notify/me/channels", "addresses"): Ask(thing="address", lists=True),
    ("PUT /api/notify/me/channels/web_push", NOTHING): Ask(json=PUSH),
    ("PUT /api/notify/me/channels/email", NOTHING): Ask(json={"email": "someone@example.org"}),
    ("PUT /api/notify/me/channels/wecom", NOTHING): Ask(json={"user": "somebody"}),
    ("DELETE /api/notify/me/channels/<address_id>", "an address"): Ask(thing="address"),
    ("POST /api/notify/me/channels/<address_id>/test", "an address"): Ask(thing="address"),
    ("GET /api/notify/me/preferences", NOTHING): Ask(),
    ("PUT /api/notify/me/preferences", NOTHING): Ask(json=WISHES),
    ("GET /api/notify/messages", "what was told"): Ask(thing="event", lists=True, query="?limit=200"),
    ("GET /api/notify/messages/<event_id>/recipients", "what was told"): Ask(thing="event"),
    ("GET /api/notify/reach/<about_id>", "what was told"): Ask(thing="event"),
    ("GET /api/notify/reach/<about_id>/people", "what was told"): Ask(thing="event"),
    ("GET /api/notify/dead-letters", "sendings"): Ask(thing="dead", lists=True, query="?limit=200"),
    ("GET /api/notify/dead-letters", "deliveries"): Ask(thing="quarantined", lists=True),
    ("POST /api/notify/dead-letters/replay", "a sending"): Ask(
        thing="dead", json={"sending_ids": ["{dead}"]}, effect=lambda answer: said(answer)["sendings"] > 0
    ),
    ("POST /api/notify/dead-letters/replay", "a delivery"): Ask(
        thing="quarantined",
        json={"delivery_ids": ["{quarantined}"]},
        effect=lambda answer: said(answer)["deliveries"] > 0,
    ),
    ("POST /api/notify/sendings/<sending_id>/cancel", "a sending"): Ask(thing="sending"),
    ("GET /api/notify/traces/<id>", "what came of a request"): Ask(thing="traced"),
    ("GET /api/notify/rules", "rules"): Ask(thing="rule", lists=True),
    ("GET /api/notify/rules/<rule_id>", "a rule"): Ask(thing="rule"),
    ("PATCH /api/notify/rules/<rule_id>", "a rule"): Ask(thing="rule", json={"on": False}),
    ("POST /api/notify/rules/dry-run", NOTHING): Ask(json={"topic": "patrol.sos_raised.v1"}),
    ("GET /api/notify/templates", NOTHING): Ask(),
    ("GET /api/notify/templates/<code>", NOTHING): Ask(thing="our_template"),
    ("PUT /api/notify/templates/<code>", NOTHING): Ask(thing="our_template", json={"language": "zh", **WORDS}),
    ("POST /api/notify/templates/preview", NOTHING): Ask(json={"code": "{our_template}", **WORDS}),
    ("GET /api/notify/units/<unit_id>/webhook", UNIT): Ask(thing="unit"),
    ("PUT /api/notify/units/<unit_id>/webhook", UNIT): Ask(thing="unit", json={"url": "https://unit.example.org/hook"}),
    ("DELETE /api/notify/units/<unit_id>/webhook", UNIT): Ask(thing="unit"),
    ("GET /api/notify/robots", "robots"): Ask(thing="robot", lists=True),
    ("POST /api/notify/robots", NOTHING): Ask(json=ROBOT),
    ("DELETE /api/notify/robots/<address_id>", "a robot"): Ask(thing="robot"),
}
