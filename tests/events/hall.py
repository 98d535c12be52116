"""Verbs of the lecture hall: topics exist, people speak, terms are wanted."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import speakers, topics
from services.events.domain.hall import terms
from services.events.models import Speaker, Term, TermSlot, Topic, Unit
from tests.events.series import in_days

TUESDAY, FRIDAY = 2, 5


def topic(db: Session, code: str, *, votes: int = 0, **facts: Any) -> Topic:
    """Let a topic exist for which so many voted on paper."""
    words: dict[str, Any] = {
        "name": f"题目{code}",
        "about": "讲一讲",
        "group": "law",
        "form": "classroom",
        "months": [],
        "place": None,
    }
    made = topics.add(db, code=code, needs_speaker=facts.pop("needs_speaker", True), active=True, **words | facts)
    if votes:
        topics.tally(db, made, on=in_days(-1), count=votes)
    db.commit()
    return made


def speaker(db: Session, *codes: str, person_id: UUID | None = None, **facts: Any) -> Speaker:
    """Let somebody agree to speak of these topics: a member, or by default an expert."""
    who: dict[str, Any] = {"person_id": person_id, "name": None if person_id else facts.pop("name", "钱教授")}
    limits: dict[str, Any] = {"load_cap": 3, "weekdays": [], "away": [], "announced": False}
    made = speakers.add(db, consent="paper", topics=codes, **who, **limits | facts)
    db.commit()
    return made


def next_day(weekday: int, after: int = 0) -> date:
    """The next such day, from tomorrow on; or so many weeks later."""
    coming = (in_days(n) for n in range(1, 8))
    return next(day for day in coming if day.isoweekday() == weekday) + timedelta(weeks=after)


def wanted(**facts: Any) -> dict[str, Any]:
    """Four weeks of Tuesdays in one room, as the domain takes it."""
    weekly = [{"weekday": TUESDAY, "start_time": "19:00", "minutes": 90}]
    first = next_day(TUESDAY)
    return {
        "name": "春季", "starts_on": first, "ends_on": first + timedelta(weeks=3), "wanted": weekly,
        "rooms": [{"name": "社区大讲堂", "capacity": 60}], "capacity": None, "repeats": 1, **facts,
    }  # fmt: skip


def term(db: Session, of: Unit, **facts: Any) -> Term:
    made = terms.post(db, of, **wanted(**facts))
    db.commit()
    return made


def slots(db: Session, of: Term) -> list[TermSlot]:
    """What is planned, in the order of time."""
    db.expire_all()
    return list(terms.seen(db, of.id).slots)


def codes(why: list[dict]) -> list[str]:
    return [one["code"] for one in why]
