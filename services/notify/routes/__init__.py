"""notify over HTTP."""

from services.notify.routes import addresses, answers, desk, inbox, robots, rules, templates, webhooks

blueprints = [
    inbox.bp,
    answers.bp,
    addresses.bp,
    desk.bp,
    rules.bp,
    templates.bp,
    webhooks.bp,
    robots.bp,
]
