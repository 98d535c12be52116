"""Somebody of each role, things of each kind, and a way to undo what they did."""

from tests.security.standing import connection, standing, undone, world

__all__ = ["connection", "standing", "undone", "world"]
