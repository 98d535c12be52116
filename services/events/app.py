"""The door for people: gunicorn 'services.events.app:serve()'"""

from flask import Flask

from services.events import routes
from shared import web


def create_app() -> Flask:
    return web.create_app("events", *routes.blueprints)


def serve():
    """The application under its path, for a process of its own."""
    return web.serve("events", create_app())
