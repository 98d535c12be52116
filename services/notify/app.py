"""The door for people: gunicorn 'services.notify.app:serve()'"""

from flask import Flask

from services.notify import routes
from shared import web


def create_app() -> Flask:
    return web.create_app("notify", *routes.blueprints)


def serve():
    """The application under its path, for a process of its own."""
    return web.serve("notify", create_app())
