"""Occurrences: an activity for each day on which a series takes place, made in one statement."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from services.events.domain.series import rule
from services.events.domain.series.dates import HERE, Occurrence, taking_place
from services.events.models import Activity, Series, SignUp
from shared.db import now

#: How far ahead occurrences of a series without an end are made.
AHEAD = timedelta(days=400)

#: What occurrences take over from their series, unless a person changed it on one of them.
TAKEN_OVER = ("title", "summary", "kind", "form", "place", "capacity", "audience", "sign_up")

MAKE = text("""
    INSERT INTO events.activities (
        unit_id, title, summary, kind, form, place, capacity, audience, sign_up, reach, posted_by,
        series_id, occurs_on, starts_at, ends_at, own, state, published_at, changed_at, version)
    SELECT s.unit_id, s.title, s.summary, s.kind, s.form, s.place, s.capacity, s.audience, s.sign_up, s.reach,
        s.posted_by, s.id, d.occurs_on, d.starts_at, d.ends_at, '[]', 'published', now(), now(), 1
    FROM events.series s, unnest(CAST(:days AS date[]), CAST(:starts AS timestamptz[]), CAST(:ends AS timestamptz[]))
        AS d (occurs_on, starts_at, ends_at)
    WHERE s.id = :series_id
    ON CONFLICT (series_id, occurs_on) WHERE series_id IS NOT NULL DO NOTHING
""")


def today() -> date:
    """The day in Shanghai."""
    return now().astimezone(HERE).date()


def horizon(series: Any) -> date:
    """The day up to which occurrences are made: to the end, or some time ahead."""
    furthest = series.starts_on + rule.LONGEST
    return min(series.ends_on or max(today(), series.starts_on) + AHEAD, furthest)


def make(db: Session, series: Series, first: date) -> None:
    """Make what is missing from *first* on; what is over by now is not made."""
    last = horizon(series)
    coming = [one for one in taking_place(db, series, first, last) if one.starts_at > now()]
    facts = {
        "series_id": series.id,
        "days": [one.on for one in coming],
        "starts": [one.starts_at for one in coming],
        "ends": [one.ends_at for one in coming],
    }
    db.flush()
    db.execute(MAKE, facts)
    series.made_until = last
    db.flush()


def follow(db: Session, series: Series, first: date) -> tuple[list[Activity], list[Activity]]:
    """Let what is to come from *first* on follow the series: the occurrences that changed, and those that are gone.

    What a person changed on an occurrence (own) stays, even if its day is none of the series any more. Of other such
    days one that nobody counts on is removed, one that somebody does is called off.
    """
    means = {one.on: one for one in taking_place(db, series, first, horizon(series))}
    coming = _coming(db, series, first)
    gone = [one for one in coming if one.occurs_on not in means and not one.own]
    changed = [one for one in coming if one not in gone and _take_over(one, series, means)]
    db.flush()
    return changed, _remove(db, gone)


def with_next(db: Session, series: Iterable[Series], count: int = 5) -> list[Series]:
    """Write on each series its next occurrences: one query for all."""
    rows = {one.id: one for one in series}
    number = func.row_number().over(partition_by=Activity.series_id, order_by=Activity.starts_at).label("number")
    coming = select(Activity.id, number).where(
        Activity.series_id.in_(rows), Activity.ends_at > now(), Activity.state != "draft"
    )
    ranked = coming.subquery()
    found = select(Activity).join(ranked, ranked.c.id == Activity.id).where(ranked.c.number <= count)
    for one in rows.values():
        one.next = []
    for activity in db.scalars(found.order_by(Activity.starts_at)):
        rows[activity.series_id].next.append(activity)  # type: ignore[index, union-attr]
    return list(rows.values())


def _coming(db: Session, series: Series, first: date) -> list[Activity]:
    coming = select(Activity).where(
        Activity.series_id == series.id, Activity.occurs_on >= first, Activity.starts_at > now()
    )
    return list(db.scalars(coming.order_by(Activity.id).with_for_update()))


def _remove(db: Session, gone: list[Activity]) -> list[Activity]:
    """Call off those that somebody signed up for, and return them; the others leave no trace."""
    ids = [one.id for one in gone]
    counted_on = set(
        db.scalars(select(SignUp.activity_id).where(SignUp.activity_id.in_(ids), SignUp.state != "cancelled"))
    )
    traceless = [one.id for one in gone if one.id not in counted_on]
    db.execute(delete(SignUp).where(SignUp.activity_id.in_(traceless)))
    db.execute(delete(Activity).where(Activity.id.in_(traceless)))
    kept = [one for one in gone if one.id in counted_on and one.state != "called_off"]
    for one in kept:
        one.state, one.reason = "called_off", None
    db.flush()
    return kept


def _take_over(activity: Activity, series: Series, means: dict[date, Occurrence]) -> bool:
    facts = {name: getattr(series, name) for name in TAKEN_OVER}
    if activity.occurs_on and (one := means.get(activity.occurs_on)):
        facts |= {"starts_at": one.starts_at, "ends_at": one.ends_at}
    new = {name: value for name, value in facts.items() if name not in activity.own}
    different = [name for name, value in new.items() if getattr(activity, name) != value]
    for name in different:
        setattr(activity, name, new[name])
    return bool(different)
