"""The door for people: gunicorn 'services.members.app:serve()'"""

from flask import Flask

from services.members import routes
from shared import web


def create_app() -> Flask:
    return web.create_app("members", *routes.blueprints)


def serve():
    """The application under its path, for a process of its own."""
    return web.serve("members", create_app())
