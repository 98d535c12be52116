"""Answers that whoever asked may keep for a while."""

from flask import Response, request

#: Seconds for which a screen need not ask again.
FRESH = 30


def kept(response: Response, seconds: int = FRESH) -> Response:
    """Let them keep it so long, and then ask whether it changed."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response
