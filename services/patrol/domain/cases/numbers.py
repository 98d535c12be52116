"""Numbers of cases: eight digits that can be said on the telephone, the last one a check of the others."""

import secrets

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from services.patrol.models import CaseReport


def new(db: Session) -> str:
    """A number that none has yet; it tells nothing of how many there are."""
    while True:
        number = with_check(str(secrets.randbelow(9_000_000) + 1_000_000))
        if not db.scalar(select(exists().where(CaseReport.number == number))):
            return number


def with_check(digits: str) -> str:
    """ISO 7064, MOD 11,10: finds every wrong digit and nearly every two that changed places."""
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return f"{digits}{(11 - rest) % 10}"


def is_one(number: str) -> bool:
    return len(number) == 8 and number.isascii() and number.isdigit() and with_check(number[:-1]) == number
