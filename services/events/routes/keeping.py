"""Answers that whoever asked may keep for a while."""

from flask import Response, request

#: Seconds for which a screen need not ask again.
FRESH = 30


def kept(response: Response, seconds: int = FRESH) -> Response:
    """Let them keep it so long, and then ask whether it changed. If-Match means nothing to what is only read."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code, response.data = 304, b""
    return response
