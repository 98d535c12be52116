"""The life of a series: drafted by its unit, published once with all that is to come, changed, ended."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain import audiences, sign_ups
from services.events.domain.news import chunks, tell_of_series
from services.events.domain.series import making, rule, standing
from services.events.domain.series.dates import check_seasons, occurrences, taking_place
from services.events.domain.states import WrongState
from services.events.models import Activity, Series, SignUp, Unit
from shared.db import locked, now
from shared.errors import Invalid
from shared.schemas.events import SeriesChanged, SeriesEnded, SeriesPublished, SeriesSentBack, SeriesSubmitted

UNPUBLISHED = ("draft", "submitted", "sent_back")


def post(db: Session, unit: Unit, *, reach: str, posted_by: str, submit_it: bool = False, **plan: Any) -> Series:
    """Draft a series of *unit*, and submit it at once if wanted."""
    plan["audience"] = audiences.tidy(plan["audience"])
    series = Series(unit_id=unit.unit_id, reach=reach, posted_by=posted_by, **plan)
    _check(db, series)
    db.add(series)
    db.flush()
    return submit(db, series.id) if submit_it else series


def edit(db: Session, series_id: UUID, *, first: date | None = None, **plan: Any) -> Series:
    """Change the plan from a day on; what is to come follows, and whoever counts on it is told once."""
    series = locked(db, Series, series_id)
    _expect(series, *UNPUBLISHED, "published")
    plan["audience"] = audiences.tidy(plan["audience"])
    changed = [name for name, value in plan.items() if getattr(series, name) != value]
    for name in changed:
        setattr(series, name, plan[name])
    _check(db, series)
    db.flush()
    if series.state == "published" and changed:
        _follow(db, series, max(first or making.today(), making.today()), changed)
    return series


def submit(db: Session, series_id: UUID) -> Series:
    """Ask a clerk to publish it; a unit that needs no approval publishes by itself."""
    series = locked(db, Series, series_id)
    _expect(series, "draft", "sent_back")
    if not series.unit.needs_approval:
        return _publish(db, series)
    series.state, series.reason = "submitted", None
    db.flush()
    tell_of_series(db, SeriesSubmitted, series)
    return series


def approve(db: Session, series_id: UUID) -> Series:
    series = locked(db, Series, series_id)
    _expect(series, "submitted")
    return _publish(db, series)


def send_back(db: Session, series_id: UUID, *, reason: str) -> Series:
    series = locked(db, Series, series_id)
    _expect(series, "submitted")
    series.state, series.reason = "sent_back", reason
    db.flush()
    tell_of_series(db, SeriesSentBack, series, reason=reason)
    return series


def end(db: Session, series_id: UUID, *, last: date, reason: str) -> Series:
    """Nothing takes place after this day; whoever counts on it is told why."""
    series = locked(db, Series, series_id)
    _expect(series, "published")
    if last < series.starts_on:
        raise Invalid(errors={"last": ["ends_before_start"]})
    series.ends_on, series.reason = last, reason
    series.state = "ended" if last < making.today() else "published"
    db.flush()
    _, gone = making.follow(db, series, making.today())
    people = _people_of(db, gone)
    for some in chunks(people):
        tell_of_series(db, SeriesEnded, series, person_ids=some, reason=reason)
    return series


def extend(db: Session) -> None:
    """Make what the passing of time has brought within reach, and seat whoever has a standing place."""
    due = select(Series).where(Series.state == "published", Series.made_until < making.today() + making.AHEAD)
    for series in db.scalars(due.order_by(Series.id).with_for_update(skip_locked=True)):
        if series.made_until and series.made_until < making.horizon(series):
            making.make(db, series, series.made_until)
            standing.seat(db, series)


def _publish(db: Session, series: Series) -> Series:
    coming = [one for one in taking_place(db, series, making.today(), making.horizon(series)) if one.starts_at > now()]
    if not coming:
        raise Invalid(errors={"rule": ["no_date"]})
    series.state, series.reason, series.published_at = "published", None, now()
    making.make(db, series, making.today())
    first = coming[0]
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    tell_of_series(db, SeriesPublished, series, audience=series.audience, **times)
    return series


def _follow(db: Session, series: Series, first: date, changed: list[str]) -> None:
    touched, gone = making.follow(db, series, first)
    making.make(db, series, first)
    standing.seat(db, series)
    for activity in touched if {"capacity", "sign_up"} & set(changed) else ():
        sign_ups.follow_rules(db, activity, strictly=False)
    people = _people_of(db, [*touched, *gone])
    for some in chunks(people):
        tell_of_series(db, SeriesChanged, series, person_ids=some, changed=changed)


def _people_of(db: Session, activities: list[Activity]) -> list[UUID]:
    ids = [one.id for one in activities]
    held = select(SignUp.person_id).where(SignUp.activity_id.in_(ids), SignUp.state != "cancelled")
    return list(db.scalars(held.distinct().order_by(SignUp.person_id)))


def _check(db: Session, series: Series) -> None:
    if errors := audiences.unknown(db, series.audience) | audiences.unknown_in_quotas(db, series.sign_up or {}):
        raise Invalid(errors=errors)
    if series.ends_on and series.ends_on < series.starts_on:
        raise Invalid(errors={"ends_on": ["ends_before_start"]})
    if series.ends_on and series.ends_on - series.starts_on > rule.LONGEST:
        raise Invalid(errors={"ends_on": [{"code": "too_far_ahead", "max_days": rule.LONGEST.days}]})
    check_seasons(series.seasons)
    with db.no_autoflush:
        if not occurrences(db, series, series.starts_on, making.horizon(series)):
            raise Invalid(errors={"rule": ["no_date"]})


def _expect(series: Series, *allowed: str) -> None:
    if series.state not in allowed:
        raise WrongState(state=series.state, allowed=list(allowed))
