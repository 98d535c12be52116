"""A code to a registered number, and the cookie that remembers the device."""

from flask import Response, after_this_request, g, request
from flask_smorest import Blueprint

from services.members.domain import me, sessions, sign_in
from services.members.routes.me import myself
from services.members.schemas.sign_in import CodeWish, Nothing, SignedIn, SignIn, SignOut
from shared import peer
from shared.audit import record
from shared.auth import COOKIE, PERSON, PUBLIC, actor, cookie_name, needs
from shared.crypto import blind, hashed, new_token
from shared.headers import by_https

bp = Blueprint("sign-in", __name__, description="Sign-in by a code to a registered number")

#: The cookie of the browser that asked for a code: nobody else's guesses count.
BROWSER = "pre"


@bp.post("/sign-in/codes")
@needs(PUBLIC)
@bp.arguments(CodeWish)
@bp.response(202, Nothing)
def ask_for_a_code(wish):
    """Send a code to a number, if it is registered; the answer does not tell."""
    browser = request.cookies.get(cookie_name(BROWSER)) or new_token()
    sign_in.send_code(g.db, wish["phone"], browser=hashed(browser), address=_address())
    _set_cookie(BROWSER, browser, 3600)
    return {}


@bp.post("/sign-in")
@needs(PUBLIC)
@bp.arguments(SignIn)
@bp.response(200, SignedIn)
def sign_in_with_a_code(given):
    """Sign in with the code that came; the device is remembered."""
    browser = request.cookies.get(cookie_name(BROWSER), "")
    guess = sign_in.guess(g.db, given["phone"], given["code"], browser=hashed(browser))
    if guess.person_id is None:
        g.db.commit()  # a wrong guess counts, although the answer to it is no
        raise guess.problem or sign_in.CodeExpired
    if actor().session_id:  # whoever knows the cookie that this browser had until now knows nothing
        sessions.end(g.db, myself(), actor().session_id)
    device = given["device_name"] or _device()
    token = sessions.begin(g.db, guess.person_id, device=device, remember=given["remember"])
    _set_cookie(COOKIE, token, int(sessions.REMEMBERED.total_seconds()) if given["remember"] else None)
    return {"person": me.describe(g.db, guess.person_id)}


@bp.post("/sign-out")
@needs(PERSON)
@bp.arguments(SignOut)
@bp.response(204)
def sign_out(where):
    """Sign out on this device, or on every one."""
    if where["everywhere"]:
        sessions.end_all(g.db, myself())
        record(g.db, "members.signed_out_everywhere", "person", myself())
    else:
        sessions.end(g.db, myself(), actor().session_id)

    @after_this_request
    def forget(response: Response) -> Response:
        response.delete_cookie(cookie_name(COOKIE), path="/", secure=by_https(), httponly=True, samesite="Lax")
        return response


def _set_cookie(name: str, value: str, seconds: int | None) -> None:
    @after_this_request
    def remember(response: Response) -> Response:
        response.set_cookie(
            cookie_name(name), value, max_age=seconds, secure=by_https(), httponly=True, samesite="Lax", path="/"
        )
        return response


def _address() -> bytes | None:
    """A blind index of where this comes from."""
    where = peer.address()
    return blind(f"address {where}") if where else None


def _device() -> str:
    agent = request.headers.get("User-Agent", "")
    return next((name for name in ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux") if name in agent), "?")
