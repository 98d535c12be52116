"""Sign-in with a code that goes to a number which is registered already.

Nobody learns here whose number is registered: an unknown number costs the same work, gets the same
answer, and a code that nobody receives. A code counts once, for five minutes, five guesses, and
only in the browser that asked for it.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from services.members.models import Person, SignInCode
from shared import phones
from shared.crypto import blind
from shared.db import now
from shared.errors import Problem
from shared.outbox import publish
from shared.schemas import members

LIFE = timedelta(minutes=5)
TRIES = 5
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
MOST_FOR_A_NUMBER = 5  # in an hour
MOST_FROM_A_PLACE = 20  # in an hour, from a browser or an address

#: Requests for one number, from one browser or from one address wait for each other: two at once cannot both be first.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(encode(:what, 'hex'), 0))")


class WrongCode(Problem):
    """That is not the code."""

    status = 401


class CodeExpired(Problem):
    """There is no valid code for this number in this browser; ask for a new one."""

    status = 401


@dataclass(frozen=True)
class Guess:
    """How a guess went; a wrong one must be kept although the answer to it is no."""

    person_id: UUID | None = None
    problem: Problem | None = None


def send_code(db: Session, phone: str, *, browser: bytes, address: bytes | None) -> None:
    """Send a code to a number if it is a member's; the caller cannot tell."""
    phone = phones.given(phone)
    number = blind(phone)
    for what in sorted(filter(None, (number, browser, address))):  # in one order, so that nobody waits in a circle
        db.execute(ONE_AT_A_TIME, {"what": what})
    if _too_often(db, number, browser, address):
        return
    person_id = db.scalar(select(Person.id).where(Person.phone_blind == number, Person.active))
    code, expires_at = f"{secrets.randbelow(1_000_000):06}", now() + LIFE
    asked = {"browser": browser, "address": address, "phone": number, "person_id": person_id}
    db.add(SignInCode(**asked, code=code, expires_at=expires_at))
    # The same work for everybody; for a number that nobody has, it is undone.
    with db.begin_nested() as work:
        told = person_id or uuid4()
        publish(db, members.SignInCodeMade, subject=told, person_id=told, phone=phone, code=code, expires_at=expires_at)
        if person_id is None:
            work.rollback()


def guess(db: Session, phone: str, code: str, *, browser: bytes) -> Guess:
    """Try a code. The caller keeps the guess whatever it was."""
    mine = (SignInCode.browser == browser) & (SignInCode.phone == blind(phones.given(phone)))
    newest = select(SignInCode).where(mine).order_by(SignInCode.made_at.desc(), SignInCode.id.desc()).limit(1)
    sent = db.scalar(newest.with_for_update())
    if sent is None or sent.used_at or sent.expires_at <= now() or sent.tries >= TRIES:
        return Guess(problem=CodeExpired())
    sent.tries += 1
    right = hmac.compare_digest(sent.code.encode(), code.encode())
    if not right or sent.person_id is None:
        return Guess(problem=WrongCode(tries_left=TRIES - sent.tries))
    sent.used_at = now()
    person = db.get(Person, sent.person_id)
    if person is None or not person.active:
        return Guess(problem=CodeExpired())
    return Guess(person_id=person.id)


def forget_codes(db: Session) -> None:
    """Codes are kept a day, for counting."""
    db.execute(delete(SignInCode).where(SignInCode.made_at < now() - timedelta(days=1)))


def _too_often(db: Session, number: bytes, browser: bytes, address: bytes | None) -> bool:
    last_hour = SignInCode.made_at > now() - AN_HOUR
    for_number = SignInCode.phone == number
    from_here = (SignInCode.browser == browser) | ((SignInCode.address == address) if address else False)
    counts = select(
        func.count().filter(for_number, SignInCode.made_at > now() - A_MINUTE),
        func.count().filter(for_number),
        func.count().filter(from_here),
    ).where(last_hour, for_number | from_here)
    minute, hour, here = db.execute(counts).one()
    return minute >= 1 or hour >= MOST_FOR_A_NUMBER or here >= MOST_FROM_A_PLACE
