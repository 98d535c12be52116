"""notify over HTTP."""

from services.notify.routes import addresses, answers, desk, inbox, robots, rules, templates, traces, webhooks

blueprints = [
    inbox.bp,
    answers.bp,
    addresses.bp,
    desk.bp,
    rules.bp,
    templates.bp,
    traces.bp,
    webhooks.bp,
    robots.bp,
]
