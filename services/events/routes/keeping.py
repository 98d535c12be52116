"""Answers that whoever asked may keep for a while."""

from flask import Response, request

#: A screen need not ask again for half a minute; a calendar, or how a page looks, for five.
FRESH = "public, max-age=30"
FOR_MINUTES = "public, max-age=300"


def kept(response: Response, caching: str = FRESH) -> Response:
    """Let them keep it so long, and then ask whether it changed. If-Match means nothing to what is only read."""
    response.headers["Cache-Control"] = caching
    response.add_etag()
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code, response.data = 304, b""
    return response
