"""Who asks, and whether they may: opaque tokens, grants with place and dates, scopes of keys, no by default.

Each route says with @needs(...) who may call it; a route that says nothing keeps the service
from starting. What a caller may see of that is the query's business: see Actor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm import Session

from shared.config import config
from shared.crypto import hashed
from shared.db import enter, plain, session
from shared.errors import Forbidden, Problem, Unauthenticated
from shared.headers import by_https

PUBLIC = "public"
PERSON = "person"

#: Roles that may do all that the role they stand beside may do.
SUPERIORS = {"clerk": ("secretary",), "duty": ("secretary", "clerk")}

#: Names of the cookie, and of the header that no foreign page can send with it.
COOKIE = "sid"
SAME_SITE = "X-Requested-By"

ENTER = """
    SELECT committee_id, person_id, name, session_id, key_id, key_kind, unit_id, scopes, grants
    FROM access.enter(%(token)s)
"""


class CrossSite(Problem):
    """This came from another site's page."""

    status = 403


@dataclass(frozen=True)
class Actor:
    """Whoever asks: a person, a unit's key, or nobody."""

    person_id: UUID | None = None
    name: str = ""
    session_id: UUID | None = None
    key_id: UUID | None = None
    key_kind: str | None = None  # test, team, live
    unit_id: UUID | None = None  # a key's unit, or a person's home unit
    scopes: tuple[str, ...] = ()
    grants: tuple[dict, ...] = ()  # {role, unit_id, place}, those that hold today

    def has(self, role: str) -> bool:
        """Whether a person holds this role, or one that may do as much."""
        return any(grant["role"] in (role, *SUPERIORS.get(role, ())) for grant in self.grants)

    def units(self, role: str = "liaison") -> set[UUID]:
        """The units for which a person holds this role, or the unit of the key."""
        if self.key_id and self.unit_id:
            return {self.unit_id}
        return {UUID(grant["unit_id"]) for grant in self.grants if grant["role"] == role and grant["unit_id"]}

    def __str__(self) -> str:
        if self.person_id:
            return f"person:{self.person_id}"
        return f"key:{self.key_id}" if self.key_id else "nobody"


NOBODY = Actor()


def needs(*roles: str, scope: str | None = None) -> Callable:
    """Say who may call a route: PUBLIC, PERSON, roles of persons (any of them), and the scope that lets a key in."""

    def mark(view: Callable) -> Callable:
        view.needs = (roles, scope)  # type: ignore[attr-defined]
        return view

    return mark


def actor() -> Actor:
    """Who asks."""
    return g.actor


def admit(db: Session, view: Callable) -> None:
    """Find out who asks; refuse who may not. From here on *db* acts for their committee."""
    g.actor = _identify(db, _token())
    db.info["actor"] = str(g.actor)
    _check(g.actor, view)


def still_admitted() -> Callable[[], bool]:
    """What an answer that lasts for hours asks now and then: whether whoever wanted it would still get it.

    Their device may have been signed out, their role taken back. While Postgres is away nobody knows.
    """
    service, view, token = current_app.name, current_app.view_functions[request.endpoint or ""], _token()

    def ask() -> bool:
        try:
            with session(service) as db:
                _check(_identify(db, token), view)
        except Problem:
            return False
        except (OperationalError, TimeoutError):
            return True
        return True

    return ask


def cookie_name(name: str) -> str:
    """A cookie's name: by https one that browsers take from this very host only, and send by https only."""
    return f"__Host-{name}" if by_https() else name


def refuse_undeclared(app: Flask) -> None:
    """Keep a service from starting while a route does not say who may call it."""
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "needs")]
    if silent:
        raise RuntimeError(f"Say who may call: {', '.join(silent)}")


def _check(who: Actor, view: Callable) -> None:
    roles, scope = view.needs  # type: ignore[attr-defined]
    if PUBLIC in roles:
        return
    if who is NOBODY:
        raise Unauthenticated
    if who.key_id and scope not in who.scopes:
        raise Forbidden(scope=scope)
    if who.key_id or PERSON in roles:
        return
    if not any(who.has(role) for role in roles):
        raise Forbidden(roles=list(roles))


def _identify(db: Session, token: str | None) -> Actor:
    found = plain(db, ENTER, token=hashed(token)) if token else []
    if not found:
        enter(db, config().committee_id)
        return NOBODY
    db.info["committee_id"], *who, scopes, grants = found[0]
    return Actor(*[*who, tuple(scopes), tuple(grants)])


def _token() -> str | None:
    return _bearer() or _cookie()


def _bearer() -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _cookie() -> str | None:
    token = request.cookies.get(cookie_name(COOKIE))
    if token and request.method not in ("GET", "HEAD", "OPTIONS") and not _from_our_pages():
        raise CrossSite
    return token


def _from_our_pages() -> bool:
    return SAME_SITE in request.headers and request.headers.get("Sec-Fetch-Site", "same-origin") in (
        "same-origin",
        "none",
    )
