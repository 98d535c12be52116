"""A POST that is sent twice with the same Idempotency-Key has one effect, and the same answer twice.

The key is written in the business transaction, with the answer: a crash leaves neither. The
second of two at the same moment waits for the first.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from flask import Response, g, request
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.errors import Problem

HEADER = "Idempotency-Key"

CLAIM = text("""
    INSERT INTO bus.idempotency (committee_id, actor, route, key, request)
    VALUES (bus.committee(), :actor, :route, :key, :request) ON CONFLICT DO NOTHING RETURNING 1
""")
FIND = text("""
    SELECT request, status, headers, body FROM bus.idempotency
    WHERE actor = :actor AND route = :route AND key = :key
""")
KEEP = text("""
    UPDATE bus.idempotency SET status = :status, body = :body,
        headers = jsonb_build_object('Content-Type', :kind ::text, 'ETag', :etag ::text)
    WHERE actor = :actor AND route = :route AND key = :key
""")


class IdempotencyKeyRequired(Problem):
    """Send an Idempotency-Key, so that sending twice is harmless."""

    status = 400


class IdempotencyKeyReused(Problem):
    """This Idempotency-Key came with another request before."""

    status = 422


def once(view: Callable) -> Callable:
    """Mark a route whose POST needs an Idempotency-Key."""

    @wraps(view)
    def marked(*args, **kwargs):
        return view(*args, **kwargs)

    marked.once = True  # type: ignore[attr-defined]
    document = getattr(marked, "_apidoc", {})
    manual = document.get("manual_doc", {})
    parameter = {
        "in": "header",
        "name": HEADER,
        "required": True,
        "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"},
        "description": "Chosen by the client, new for each thing that it creates",
    }
    marked._apidoc = {  # type: ignore[attr-defined]
        **document,
        "manual_doc": {**manual, "parameters": [*manual.get("parameters", []), parameter]},
    }
    return marked


def replayed(db: Session) -> Response | None:
    """The answer that this request got before, if it did; else claim its key."""
    key = request.headers.get(HEADER, "")
    if not 8 <= len(key) <= 128:
        raise IdempotencyKeyRequired
    g.idempotency = facts = {"actor": str(g.actor), "route": f"{request.method} {request.path}", "key": key}
    digest = hashlib.sha256(request.get_data(cache=True)).digest()
    if db.execute(CLAIM, {**facts, "request": digest}).scalar():
        return None
    found = db.execute(FIND, facts).one()
    del g.idempotency
    if bytes(found.request) != digest:
        raise IdempotencyKeyReused
    headers = {name: value for name, value in found.headers.items() if value}
    return Response(bytes(found.body), found.status, headers | {"Idempotency-Replayed": "true"})


def keep(db: Session, response: Response) -> None:
    """Keep the answer with its key; the caller commits both."""
    if facts := g.get("idempotency"):
        kind, etag = response.headers["Content-Type"], response.headers.get("ETag")
        db.execute(
            KEEP, {**facts, "status": response.status_code, "kind": kind, "etag": etag, "body": response.get_data()}
        )
