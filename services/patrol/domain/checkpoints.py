"""Checkpoints: kept by a clerk, named by phones in three ways, compared with where a phone is."""

from math import asin, cos, hypot, radians, sin, sqrt
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.patrol.domain import zones
from services.patrol.models import Checkpoint
from shared.crypto import new_token
from shared.db import locked, plain
from shared.errors import Invalid, Problem

#: A phone is near within so many metres: what GPS between tall houses can promise.
NEAR = 150

EARTH = 6_371_000


class UnknownCheckpoint(Problem):
    """None of our checkpoints has this code."""

    status = 422


class ForeignCode(UnknownCheckpoint):
    """This code is none of ours: another community's, or one that was renewed."""


def put(db: Session, checkpoint_id: UUID, **facts: Any) -> Checkpoint:
    """Add a checkpoint, or change it."""
    _check(db, checkpoint_id, facts)
    checkpoint = db.get(Checkpoint, checkpoint_id)
    if checkpoint is None:
        checkpoint = Checkpoint(id=checkpoint_id, qr_token=new_token())
        db.add(checkpoint)
    for name, value in facts.items():
        setattr(checkpoint, name, value)
    db.flush()
    return checkpoint


def renew(db: Session, checkpoint_id: UUID) -> Checkpoint:
    """Give the checkpoint a new QR code; what is printed so far says nothing any more."""
    checkpoint = locked(db, Checkpoint, checkpoint_id)
    checkpoint.qr_token = new_token()
    db.flush()
    return checkpoint


class Place(NamedTuple):
    """What a report needs to know of the checkpoint that it names."""

    id: UUID
    number: int
    qr_token: str
    label: str
    lat: float | None
    lon: float | None


#: The rows of these, for Place.
PLACES = """
    SELECT id, number, qr_token, code || ' ' || name AS label, lat, lon FROM patrol.checkpoints
    WHERE active AND (id = ANY (%(ids)s) OR number = ANY (%(numbers)s::int[]) OR qr_token = ANY (%(tokens)s::text[]))
"""


def names(reports: list[dict]) -> dict[str, list]:
    """The checkpoints that reports name, in the three ways, as PLACES wants them."""
    return {
        "ids": list({report["checkpoint_id"] for report in reports if report.get("checkpoint_id")}),
        "numbers": list({report["number"] for report in reports if report.get("number") is not None}),
        "tokens": list({_token(report["qr"]) for report in reports if report.get("qr")}),
    }


def named(db: Session, reports: list[dict]) -> "Named":
    """The checkpoints that these reports name, found at once."""
    wanted = names(reports)
    return Named([Place(*row) for row in plain(db, PLACES, **wanted)] if any(wanted.values()) else [])


class Named:
    """Checkpoints, by all that reports may call them."""

    def __init__(self, found: list[Place]) -> None:
        self.by_id = {checkpoint.id: checkpoint for checkpoint in found}
        self.by_number = {checkpoint.number: checkpoint for checkpoint in found}
        self.by_token = {checkpoint.qr_token: checkpoint for checkpoint in found}

    def of(self, report: dict) -> Place | None:
        """The checkpoint of a report, if it names one. Raises UnknownCheckpoint when we have no such."""
        if report.get("qr"):
            if _token(report["qr"]) not in self.by_token:
                raise ForeignCode
            return self.by_token[_token(report["qr"])]
        if report.get("checkpoint_id"):
            found = self.by_id.get(report["checkpoint_id"])
        elif report.get("number") is not None:
            found = self.by_number.get(report["number"])
        else:
            return None
        if found is None:
            raise UnknownCheckpoint
        return found


def near(checkpoint: Place | None, lat: float | None, lon: float | None) -> bool | None:
    """Whether a phone is near; None if nobody can tell. The coordinates go no further than this."""
    if checkpoint is None or checkpoint.lat is None or checkpoint.lon is None or lat is None or lon is None:
        return None
    return _metres(checkpoint.lat, checkpoint.lon, lat, lon) <= NEAR


def _token(scanned: str) -> str:
    """What a QR code says is an address that ends in the token; the token alone does as well."""
    return scanned.rstrip("/").rpartition("/")[2]


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    half_north, half_east = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    across = sqrt(cos(radians(lat)) * cos(radians(other_lat))) * sin(half_east)
    return 2 * EARTH * asin(min(1.0, hypot(sin(half_north), across)))


def _check(db: Session, checkpoint_id: UUID, facts: dict) -> None:
    errors: dict[str, list] = {}
    if not zones.known(db, facts["zone"]):
        errors["zone"] = ["unknown"]
    if (facts["lat"] is None) != (facts["lon"] is None):
        errors["lon" if facts["lon"] is None else "lat"] = ["required"]
    same = or_(Checkpoint.code == facts["code"], Checkpoint.number == facts["number"])
    for other in db.scalars(select(Checkpoint).where(same, Checkpoint.id != checkpoint_id)):
        errors |= {name: ["taken"] for name in ("code", "number") if getattr(other, name) == facts[name]}
    if errors:
        raise Invalid(errors=errors)
