"""The register of venues, and who sees and changes what of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, false, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload, selectinload

from services.events.domain.scope import Asker
from services.events.models import Label, Person, StewardDuty, Unit, Venue, VenueSteward
from shared.errors import AlreadyTaken, Forbidden, Invalid, NotFound

#: Who looks after a venue is known to those who run it; everybody else asks these.
PEOPLE = (joinedload(Venue.unit), joinedload(Venue.key_holder), selectinload(Venue.stewards))


def visible(asker: Asker) -> ColumnElement[bool]:
    """All venues to whoever signed in; the public ones to everybody."""
    return true() if asker.person_id else Venue.public.is_(True)


def own(asker: Asker) -> ColumnElement[bool]:
    """Those that they run."""
    return true() if asker.clerk else Venue.unit_id.in_(asker.units) if asker.units else false()


def runs(asker: Asker, venue: Venue) -> bool:
    return asker.clerk or venue.unit_id in asker.units


def seen(db: Session, venue_id: UUID, asker: Asker) -> Venue:
    """The venue, if they see it."""
    found = db.scalars(select(Venue).where(Venue.id == venue_id, visible(asker)).options(*PEOPLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def run_by(db: Session, venue_id: UUID, asker: Asker, *, lock: bool = False) -> Venue:
    """The venue, if they run it; with *lock*, nobody else changes or books it until we are done."""
    venue = alone(db, venue_id) if lock else seen(db, venue_id, asker)
    if not runs(asker, venue):
        raise Forbidden
    return venue


def alone(db: Session, venue_id: UUID) -> Venue:
    """The venue, while nobody books it: for whatever takes time away or gives it back."""
    return _locked(db, venue_id, shared=False)


def steady(db: Session, venue_id: UUID) -> Venue:
    """The venue, while its hours and closures stay as they are: for bookings, which do not wait for each other."""
    return _locked(db, venue_id, shared=True)


def register(db: Session, unit: Unit, *, code: str, stewards: list[UUID], **facts: Any) -> Venue:
    """Add a venue of this unit."""
    _check(db, facts, stewards)
    if db.scalar(select(Venue.id).where(Venue.code == code)):
        raise AlreadyTaken
    venue = Venue(unit_id=unit.unit_id, code=code, **facts)
    db.add(venue)
    db.flush()
    return _with_people(db, venue, stewards)


def edit(db: Session, venue: Venue, *, stewards: list[UUID], **facts: Any) -> Venue:
    """Change what is said of a venue. Bookings that were made stay."""
    _check(db, facts, stewards)
    for name, value in facts.items():
        setattr(venue, name, value)
    db.flush()
    db.execute(delete(VenueSteward).where(VenueSteward.venue_id == venue.id))
    return _with_people(db, venue, stewards)


def forget_stewards(db: Session, person_ids: Iterable[UUID]) -> None:
    """Whoever left looks after nothing any more; their days are gaps in the roster."""
    gone = list(person_ids)
    for table in (VenueSteward, StewardDuty):
        db.execute(delete(table).where(table.person_id.in_(gone)))
    for venue in db.scalars(select(Venue).where(Venue.key_holder_id.in_(gone))):
        venue.key_holder_id = None


def unknown_people(db: Session, person_ids: Iterable[UUID]) -> set[UUID]:
    """Those of them who are no active members."""
    wanted = set(person_ids)
    return wanted - set(db.scalars(select(Person.person_id).where(Person.person_id.in_(wanted), Person.active)))


def _locked(db: Session, venue_id: UUID, *, shared: bool) -> Venue:
    query = select(Venue).where(Venue.id == venue_id).with_for_update(read=shared)
    venue = db.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if venue is None:
        raise NotFound
    return venue


def _check(db: Session, facts: dict[str, Any], stewards: list[UUID]) -> None:
    errors: dict[str, list] = {}
    holder = facts["key_holder_id"]
    missing = unknown_people(db, [*stewards, *([holder] if holder else [])])
    if holder in missing:
        errors["key_holder_id"] = ["unknown"]
    if missing & set(stewards):
        errors["stewards"] = [{"code": "unknown", "values": sorted(str(id) for id in missing & set(stewards))}]
    place = facts["place_code"]
    if place and not db.scalar(select(Label.code).where(Label.kind.in_(("place", "zone")), Label.code == place)):
        errors["place_code"] = [{"code": "unknown", "values": [place]}]
    if errors:
        raise Invalid(errors=errors)


def _with_people(db: Session, venue: Venue, stewards: list[UUID]) -> Venue:
    if stewards:
        rows = [{"venue_id": venue.id, "person_id": person_id} for person_id in set(stewards)]
        db.execute(insert(VenueSteward).values(rows))
    return db.scalars(
        select(Venue).where(Venue.id == venue.id).options(*PEOPLE), execution_options={"populate_existing": True}
    ).one()
