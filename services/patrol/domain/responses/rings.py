"""Rings: first those on their way anyway, then whoever lives there, then the units' officers, then all.

Each is asked when its minutes have passed and not all tasks are filled; one in which there is nobody new is passed
over. How far a call goes depends on its severity: nobody wakes the whole community for a fallen tree.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    MetaData,
    Select,
    Table,
    Text,
    Uuid,
    false,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from services.patrol.domain.responses import meter
from services.patrol.domain.responses.log import note
from services.patrol.models import Crew, Person, Response, ResponseCall, Shift, Squad, SquadMember
from services.patrol.models.responses import RINGS
from shared.audience import in_audience
from shared.config import config
from shared.db import now
from shared.outbox import publish
from shared.schemas.patrol import ResponseRung

#: The last ring that a call of this severity reaches.
REACH = {"minor": "zone", "serious": "officers", "major": "everybody"}

#: A call by which nobody was asked goes on to here, however small it is.
AT_LEAST = "officers"

#: An event names so many people; more are told by further ones.
AT_ONCE = 500

#: The view in which members shows who holds which role.
grants = Table(
    "grants",
    MetaData(schema="access"),
    Column("person_id", Uuid),
    Column("role", Text),
    Column("valid_from", DateTime(timezone=True)),
    Column("valid_until", DateTime(timezone=True)),
)


def ring_due(db: Session) -> None:
    """Ask the next ring of each call whose minutes have passed."""
    due = (Response.state == "raised", Response.next_at <= now())
    found = select(Response).where(*due).order_by(Response.id).with_for_update(skip_locked=True)
    for response in db.scalars(found).all():
        if not meter.of(db, response)["filled"]:
            ring_next(db, response, by=None)


def ring_next(db: Session, response: Response, *, by: UUID | None) -> None:
    """Ask the next people of a locked call, however far out they are."""
    asked: list[UUID] = []
    farthest = last_ring(response)
    if not meter.of(db, response)["asked"]:
        farthest = max(farthest, RINGS.index(AT_LEAST))
    while not asked and response.ring < farthest:
        response.ring += 1
        asked = _write_down(db, response)
    response.next_at = _next_at(response)
    db.flush()
    if asked:
        _ask(db, response, asked)
        note(db, response, "rung", by=by, ring=RINGS[response.ring], people=len(asked))


def last_ring(response: Response) -> int:
    return RINGS.index(REACH[response.severity])


def in_ring(response: Response) -> Select[UUID]:
    """Who is in the ring that is asked now; whoever raised the call is there already."""
    people = select(Person.person_id).where(Person.active, Person.person_id != response.raised_by)
    return people.where(_of_ring(response))


def _of_ring(response: Response) -> ColumnElement[bool]:
    ring = RINGS[response.ring]
    if ring == "crew":
        on_shift = select(Crew.person_id).join(Shift).where(Shift.state == "active")
        return Person.person_id.in_(on_shift)
    if ring == "zone":
        return _near(response.zone)
    if ring == "officers":
        moment = func.now()
        holds = (grants.c.valid_from <= moment) & or_(grants.c.valid_until.is_(None), moment < grants.c.valid_until)
        return Person.person_id.in_(select(grants.c.person_id).where(grants.c.role.in_(("liaison", "duty")), holds))
    return Person.active.is_(True)


def _near(zone: str | None) -> ColumnElement[bool]:
    """Who lives there, and whose squad walks there."""
    if zone is None:
        return false()
    walk = select(SquadMember.person_id).join(Squad).where(Squad.zone == zone, Squad.active)
    return or_(in_audience(Person, {"zones": [zone]}), Person.person_id.in_(walk))


def _write_down(db: Session, response: Response) -> list[UUID]:
    """Those of the ring who were not asked yet."""
    before = select(ResponseCall.person_id).where(ResponseCall.response_id == response.id)
    new = in_ring(response).where(Person.person_id.not_in(before)).subquery()
    row = [literal(response.id), new.c.person_id, literal(response.ring), literal(now())]
    columns = ["response_id", "person_id", "ring", "asked_at"]
    made = insert(ResponseCall).from_select(columns, select(*row)).returning(ResponseCall.person_id)
    return sorted(db.scalars(made))


def _ask(db: Session, response: Response, asked: list[UUID]) -> None:
    facts: dict[str, Any] = {
        "response_id": response.id,
        "drill": response.drill,
        "emergency": response.kind,
        "ring": response.ring,
    }
    facts |= {"severity": response.severity, "place": response.place, "words": response.words}
    facts |= {"needed": meter.missing(meter.of(db, response))}
    for first in range(0, len(asked), AT_ONCE):
        part = asked[first : first + AT_ONCE]
        publish(db, ResponseRung, subject=response.id, asked_ids=part, **facts)


def _next_at(response: Response) -> datetime | None:
    """When the next ring is due, counted from now: a ring that was passed over costs no time."""
    if response.ring >= last_ring(response):
        return None
    steps = config().ring_steps()
    steps += [steps[-1]] * len(RINGS)
    return now() + max(steps[response.ring + 1] - steps[max(response.ring, 0)], timedelta())
