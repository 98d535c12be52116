"""Nobody may do some things too often: counts in Postgres, of hashes that tell nobody who it was."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from services.patrol.models import Knock
from shared.crypto import blind
from shared.db import now
from shared.errors import TooManyRequests

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: Whoever knocks at one door waits for the one before: two at once cannot both be the last that may.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(encode(:what, 'hex'), 3))")


@dataclass(frozen=True)
class Limit:
    """So often, within such a time."""

    name: str
    most: int
    within: timedelta

    def left(self, db: Session, who: str) -> int:
        """How often more; until the transaction ends, nobody else asks for the same."""
        what = self._what(who)
        db.execute(ONE_AT_A_TIME, {"what": what})
        recent = select(func.count()).where(Knock.what == what, Knock.at > now() - self.within)
        return max(0, self.most - (db.scalar(recent) or 0))

    def note(self, db: Session, who: str) -> None:
        db.add(Knock(what=self._what(who)))
        db.flush()

    def pass_once(self, db: Session, who: str | None) -> None:
        """Once more, or the problem that it was too often; None: nobody knows who it is."""
        if who is None:
            return
        if not self.left(db, who):
            raise TooManyRequests(retry_after=int(self.within.total_seconds()))
        self.note(db, who)

    def _what(self, who: str) -> bytes:
        return blind(f"{self.name} {who}")


def forget_old(db: Session) -> None:
    db.execute(delete(Knock).where(Knock.at < now() - DAY))
