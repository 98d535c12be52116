"""A person's activities in their own calendar: iCalendar (RFC 5545) behind an address that nobody can guess."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload

from services.events.models import Activity, Feed, Person, SignUp
from shared.crypto import hashed, new_token
from shared.db import find, now
from shared.errors import NotFound

#: How long a calendar still shows what is over, and how early it reminds.
KEPT = timedelta(days=90)
REMINDER = timedelta(hours=2)

WORDS = {
    "zh": {"name": "联合党委活动", "soon": "两小时后开始", "waiting": "候补", "called_off": "已取消"},
    "en": {"name": "Joint committee", "soon": "Starts in two hours", "waiting": "Waiting", "called_off": "Called off"},
}

OPEN = text("SELECT events.open_feed(:secret)")


def renew(db: Session, person_id: UUID) -> str:
    """A new secret for a person's calendar; the old one opens nothing any more."""
    secret = new_token()
    facts = {"secret": hashed(secret), "made_at": now()}
    statement = insert(Feed).values(person_id=person_id, **facts)
    db.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=facts))
    return secret


def opened(db: Session, secret: str) -> bytes:
    """The calendar that *secret* opens."""
    person_id = db.execute(OPEN, {"secret": hashed(secret)}).scalar()
    if person_id is None:
        raise NotFound
    person = find(db, Person, person_id)
    held = (
        select(SignUp)
        .join(Activity)
        .options(joinedload(SignUp.activity).joinedload(Activity.unit))
        .where(SignUp.person_id == person_id, SignUp.state != "cancelled", Activity.ends_at > now() - KEPT)
        .order_by(Activity.starts_at, Activity.id)
    )
    return calendar(db.scalars(held), person.language)


def calendar(held: Iterable[SignUp], language: str) -> bytes:
    """These sign-ups as a calendar; the same sign-ups make the same bytes."""
    words = WORDS.get(language, WORDS["zh"])
    calendar = Calendar()
    calendar.add("prodid", "-//joint committee//events//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words["name"])
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", timedelta(hours=1))
    for sign_up in held:
        calendar.add_component(_entry(sign_up, words))
    return calendar.to_ical()


def _entry(sign_up: SignUp, words: dict[str, str]) -> Event:
    activity = sign_up.activity
    status, prefix = _status(sign_up, words)
    entry = Event()
    entry.add("uid", f"{activity.id}@joint-committee")
    entry.add("sequence", activity.version)
    entry.add("dtstamp", max(activity.changed_at, sign_up.at).astimezone(UTC))
    entry.add("dtstart", activity.starts_at.astimezone(UTC))
    entry.add("dtend", activity.ends_at.astimezone(UTC))
    entry.add("summary", prefix + activity.title)
    entry.add("location", activity.place)
    entry.add("description", "\n".join(part for part in (activity.unit.name, activity.summary) if part))
    entry.add("status", status)
    if status == "CONFIRMED":
        entry.add_component(_reminder(words))
    return entry


def _status(sign_up: SignUp, words: dict[str, str]) -> tuple[str, str]:
    if sign_up.activity.state == "called_off":
        return "CANCELLED", f"【{words['called_off']}】"
    if sign_up.state == "waiting":
        return "TENTATIVE", f"【{words['waiting']}】"
    return "CONFIRMED", ""


def _reminder(words: dict[str, str]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words["soon"])
    alarm.add("trigger", -REMINDER)
    return alarm
