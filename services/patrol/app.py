"""The door for people: gunicorn 'services.patrol.app:serve()'"""

from flask import Flask

from services.patrol import routes
from shared import web


def create_app() -> Flask:
    return web.create_app("patrol", *routes.blueprints)


def serve():
    """The application under its path, for a process of its own."""
    return web.serve("patrol", create_app())
