"""Activities in people's own calendars, as iCalendar (RFC 5545).

A person's calendar has an address that nobody can guess. Those of units, groups, venues and series hold what is for
everyone, and nobody's name: they are open. Times are those of Shanghai, whose zone goes with them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard
from sqlalchemy import ColumnElement, false, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload

from services.events.domain.scope import for_everyone
from services.events.models import HELD, Activity, Booking, Feed, Label, Person, Series, SignUp, Unit, Venue
from shared.crypto import hashed, new_token
from shared.db import find, now
from shared.errors import NotFound

#: How long a calendar still shows what is over, and how early it reminds.
KEPT = timedelta(days=90)
REMINDER = timedelta(hours=2)

#: Where all of it takes place. Clocks there have not been changed since 1991.
HERE = ZoneInfo("Asia/Shanghai")
EAST = timedelta(hours=8)

#: Entries of an open calendar.
MOST = 500

WORDS = {
    "zh": {
        "name": "联合党委活动",
        "soon": "两小时后开始",
        "waiting": "候补",
        "called_off": "已取消",
        "postponed": "延期",
        "withdrawn": "暂时撤下",
    },
    "en": {
        "name": "Joint committee",
        "soon": "Starts in two hours",
        "waiting": "Waiting",
        "called_off": "Called off",
        "postponed": "Postponed",
        "withdrawn": "Taken back",
    },
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


def of_unit(db: Session, code: str) -> bytes:
    """What a unit holds for everyone."""
    unit = db.scalars(select(Unit).where(Unit.code == code)).one_or_none()
    return _open_calendar(db, unit.name if unit else None, Activity.unit_id == unit.unit_id if unit else false())


def of_group(db: Session, code: str) -> bytes:
    """What is for everyone and for this group by name."""
    label = db.scalars(select(Label).where(Label.kind == "group", Label.code == code)).one_or_none()
    return _open_calendar(db, label.name if label else None, Activity.audience["groups"].contains([code]))


def of_venue(db: Session, venue_id: UUID) -> bytes:
    """What is for everyone in a venue that everybody may see: the activities that have it. Not who else booked it."""
    venue = db.get(Venue, venue_id)
    states = (*HELD, "released")  # what is called off gave its venue back, and stays in calendars as called off
    held = select(Booking.activity_id).where(Booking.venue_id == venue_id, Booking.state.in_(states))
    return _open_calendar(db, venue.name if venue and venue.public else None, Activity.id.in_(held))


def of_series(db: Session, series_id: UUID) -> bytes:
    """A series that is for everyone."""
    series = db.get(Series, series_id)
    known = series and series.published_at and series.reach == "all"
    return _open_calendar(db, series.title if series and known else None, Activity.series_id == series_id)


def _open_calendar(db: Session, name: str | None, which: ColumnElement[bool]) -> bytes:
    if name is None:
        raise NotFound
    public = select(Activity).where(which, for_everyone(), Activity.ends_at > now() - KEPT)
    shown = public.options(joinedload(Activity.unit)).order_by(Activity.starts_at, Activity.id).limit(MOST)
    words = WORDS["zh"] | {"name": name}
    entries = [_entry(one, one.changed_at, *_own_status(one, words), words) for one in db.scalars(shown)]
    return _calendar(words, entries)


def calendar(held: Iterable[SignUp], language: str) -> bytes:
    """These sign-ups as a calendar; the same sign-ups make the same bytes."""
    words = WORDS.get(language, WORDS["zh"])
    entries = [_entry(one.activity, max(one.activity.changed_at, one.at), *_status(one, words), words) for one in held]
    return _calendar(words, entries)


def _calendar(words: dict[str, str], entries: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//joint committee//events//ZH")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what everybody read before
        calendar.add(name, words["name"])
    calendar.add("x-wr-timezone", HERE.key)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", timedelta(hours=1))
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical()


def _zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", HERE.key)
    standard.add("dtstart", datetime(1991, 9, 15, 1))  # noqa: DTZ001  it says when the zone begins, so has none
    standard.add("tzoffsetfrom", EAST + timedelta(hours=1))
    standard.add("tzoffsetto", EAST)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _entry(activity: Activity, changed_at: datetime, status: str, prefix: str, words: dict[str, str]) -> Event:
    entry = Event()
    entry.add("uid", f"{activity.id}@joint-committee")
    entry.add("sequence", activity.version)
    entry.add("dtstamp", changed_at.astimezone(UTC))
    entry.add("dtstart", activity.starts_at.astimezone(HERE))
    entry.add("dtend", activity.ends_at.astimezone(HERE))
    entry.add("summary", prefix + activity.title)
    entry.add("location", activity.place)
    entry.add("description", "\n".join(part for part in (activity.unit.name, activity.summary) if part))
    entry.add("status", status)
    if status == "CONFIRMED":
        entry.add_component(_reminder(words))
    return entry


def _status(sign_up: SignUp, words: dict[str, str]) -> tuple[str, str]:
    if sign_up.state in ("waiting", "offered") and sign_up.activity.state == "published":
        return "TENTATIVE", f"【{words['waiting']}】"
    return _own_status(sign_up.activity, words)


def _own_status(activity: Activity, words: dict[str, str]) -> tuple[str, str]:
    """Whether it takes place at its time; what was withdrawn or has no date yet does not, for now."""
    if activity.state == "called_off":
        return "CANCELLED", f"【{words['called_off']}】"
    if activity.state == "postponed":
        return "CANCELLED", f"【{words['postponed']}】"
    return ("CONFIRMED", "") if activity.state == "published" else ("CANCELLED", f"【{words['withdrawn']}】")


def _reminder(words: dict[str, str]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words["soon"])
    alarm.add("trigger", -REMINDER)
    return alarm
