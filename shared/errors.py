"""How a service says no: problems as RFC 9457 has them."""

import re
from typing import Any, ClassVar


class Problem(Exception):
    """We understood, and it cannot be done."""

    #: A subclass's name is the code, its docstring the sentence, *facts* what the page may put into words.
    status: ClassVar[int] = 409
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, *, errors: dict[str, list] | None = None, **facts: Any) -> None:
        super().__init__(type(self).__name__)
        self.errors = errors
        self.facts = facts

    def as_dict(self) -> dict[str, Any]:
        """The members of the problem document."""
        code = type(self).__name__
        document = {
            "type": "/problems/" + re.sub(r"(?<=.)(?=[A-Z])", "-", code).lower(),
            "title": code,
            "status": self.status,
            "detail": type(self).__doc__,
        }
        if self.errors:
            document["errors"] = {field: [_coded(error) for error in found] for field, found in self.errors.items()}
        return document | self.facts


class Invalid(Problem):
    """Something in what was sent is not right; see the fields."""

    status = 422


class BadRequest(Problem):
    """What was sent cannot be read."""

    status = 400


class Unauthenticated(Problem):
    """Sign in first, or send a valid key."""

    status = 401
    headers = {"WWW-Authenticate": "Bearer"}  # noqa: RUF012  a constant


class Forbidden(Problem):
    """You may not do this."""

    status = 403


class NotFound(Problem):
    """There is no such thing here."""

    status = 404


class AlreadyTaken(Problem):
    """There is something else by this id or name already."""


class Stale(Problem):
    """Somebody else has changed this meanwhile; load it again."""

    status = 412


class TooLarge(Problem):
    """That is larger than we take."""

    status = 413


class PreconditionRequired(Problem):
    """Say which version you have seen: send its ETag as If-Match."""

    status = 428


class TooManyRequests(Problem):
    """That was too often; wait a little."""

    status = 429


class Unavailable(Problem):
    """For a moment this cannot be done; try again."""

    status = 503


def _coded(error: str | dict) -> dict:
    return error if isinstance(error, dict) else {"code": error}
