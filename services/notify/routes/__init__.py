"""notify over HTTP."""

from services.notify.routes import (
    addresses,
    answers,
    desk,
    inbox,
    reach,
    robots,
    rules,
    sms_replies,
    templates,
    traces,
    webhooks,
)

blueprints = [
    inbox.bp,
    answers.bp,
    sms_replies.bp,
    addresses.bp,
    desk.bp,
    reach.bp,
    rules.bp,
    templates.bp,
    traces.bp,
    webhooks.bp,
    robots.bp,
]
