"""Standing places: a seat in every occurrence to come, given back once ("not this week") or for good."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, delete, select, text, update
from sqlalchemy.orm import Session

from services.events.domain import sign_ups
from services.events.domain.states import WrongState
from services.events.models import Activity, Person, Series, SignUp, StandingPlace
from shared.db import locked, now
from shared.errors import Invalid, Problem

#: Seats for holders of standing places in occurrences where they have not been yet, also not as somebody who cancelled:
#: that is how "not this week" stays. Where it is full they wait. A standing place counts in its quotas, and is not
#: refused because of one: the unit gave it for all that is to come.
SEAT = text("""
    WITH coming AS (
        SELECT a.id, a.capacity, a.sign_up FROM events.activities a
        WHERE a.series_id = :series_id AND a.state = 'published' AND a.starts_at > now()
        ORDER BY a.id FOR UPDATE
    ), wanted AS (
        SELECT c.id, c.capacity, c.sign_up, p.person_id,
            row_number() OVER (PARTITION BY c.id ORDER BY p.since, p.person_id) AS n
        FROM coming c CROSS JOIN events.standing_places p
        WHERE p.series_id = :series_id
            AND NOT EXISTS (SELECT FROM events.sign_ups s WHERE s.activity_id = c.id AND s.person_id = p.person_id)
    ), taken AS (
        SELECT s.activity_id, sum(s.party_size) AS n FROM events.sign_ups s JOIN coming c ON c.id = s.activity_id
        WHERE s.state IN ('going', 'offered') AND s.part IS NULL GROUP BY s.activity_id
    ), placed AS (
        SELECT w.*, w.capacity IS NULL OR coalesce(t.n, 0) + w.n <= w.capacity AS seated
        FROM wanted w LEFT JOIN taken t ON t.activity_id = w.id
    )
    INSERT INTO events.sign_ups (activity_id, person_id, state, at, quotas, why)
    SELECT p.id, p.person_id, CASE WHEN p.seated THEN 'going' ELSE 'waiting' END, now(),
        events.quotas_of(p.sign_up, e.place_code, e.zone_code, e.unit_code, NULL),
        CASE WHEN p.seated THEN CAST('[{"code": "standing_place"}]' AS jsonb)
            ELSE CAST('[{"code": "full"}, {"code": "in_turn"}]' AS jsonb) END
    FROM placed p LEFT JOIN events.people e ON e.person_id = p.person_id ORDER BY p.id, p.n
""")


class NoStandingPlace(Problem):
    """There is no standing place left: as many people have one as there are seats."""


def take(db: Session, series_id: UUID, *, person_id: UUID, buddy_id: UUID | None = None) -> StandingPlace:
    """Give a person a seat in all that is to come; again: change the buddy."""
    series = locked(db, Series, series_id)
    if series.state != "published":
        raise WrongState(state=series.state, allowed=["published"])
    sign_ups.expect_active(db, person_id)
    _check_buddy(db, person_id, buddy_id)
    mine = db.get(StandingPlace, (series_id, person_id), populate_existing=True)
    if mine is None:
        _expect_room(db, series)
        mine = StandingPlace(series_id=series_id, person_id=person_id, since=now())
        db.add(mine)
    mine.buddy_id = buddy_id
    db.flush()
    seat(db, series)
    return mine


def held_by(person_id: UUID) -> Select:
    """The series in which they have one."""
    return select(StandingPlace.series_id).where(StandingPlace.person_id == person_id)


def give_back(db: Session, series_id: UUID, *, person_id: UUID) -> None:
    """For good: the seats in all that is to come are free again."""
    locked(db, Series, series_id)
    mine = db.get(StandingPlace, (series_id, person_id), populate_existing=True)
    if mine is None:
        return
    db.delete(mine)
    db.flush()
    held = (
        select(SignUp.activity_id)
        .join(Activity)
        .where(SignUp.person_id == person_id, SignUp.state != "cancelled", Activity.series_id == series_id)
        .where(Activity.state == "published", Activity.starts_at > now())
        .order_by(SignUp.activity_id)
    )
    for activity_id in db.scalars(held).all():
        sign_ups.cancel(db, activity_id, person_id=person_id, silently=True)


def leave(db: Session, person_ids: Sequence[UUID]) -> None:
    """People who are no members any more hold no standing place, and nobody is sent to them."""
    db.execute(delete(StandingPlace).where(StandingPlace.person_id.in_(person_ids)))
    buddies = update(StandingPlace).where(StandingPlace.buddy_id.in_(person_ids))
    db.execute(buddies.values(buddy_id=None), execution_options={"synchronize_session": False})


def seat(db: Session, series: Series) -> None:
    """Seats in what was made or came back. Whoever said "not this week" stays away that week."""
    db.flush()
    db.execute(SEAT, {"series_id": series.id})


def buddy_of(db: Session, activity: Activity, person_id: UUID) -> UUID:
    """Whom to ask when somebody cannot come to this occurrence."""
    place = db.get(StandingPlace, (activity.series_id, person_id)) if activity.series_id else None
    if place is None or place.buddy_id is None:
        raise Invalid(errors={"to": ["required"]})
    return place.buddy_id


def marked(db: Session, series: list[Series], person_id: UUID | None) -> list[Series]:
    """Write on each series whether this person has a standing place: one query for all."""
    ids = [one.id for one in series]
    held = select(StandingPlace.series_id).where(StandingPlace.person_id == person_id, StandingPlace.series_id.in_(ids))
    mine = set(db.scalars(held)) if person_id else set()
    for one in series:
        one.mine = one.id in mine
    return series


def _expect_room(db: Session, series: Series) -> None:
    held = select(StandingPlace.person_id).where(StandingPlace.series_id == series.id)
    if series.capacity is not None and len(db.scalars(held).all()) >= series.capacity:
        raise NoStandingPlace(capacity=series.capacity)


def _check_buddy(db: Session, person_id: UUID, buddy_id: UUID | None) -> None:
    if buddy_id is None:
        return
    buddy = db.get(Person, buddy_id)
    if buddy is None or not buddy.active or buddy_id == person_id:
        raise Invalid(errors={"buddy_id": ["unknown"]})
