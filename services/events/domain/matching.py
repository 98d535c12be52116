"""Which offers could meet a need, and why. An order with reasons: no score, and nothing about who somebody is.

READ is all that matching knows; a test holds it against what must not be known.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, case, cast, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.events.models import Claim, Need, Offer

LINE = (
    "id", "kind", "what", "skills", "compound", "building", "entrance", "from_at", "until_at", "times", "left",
    "state", "unit_id", "person_id", "published_at",
)  # fmt: skip
#: Columns that matching reads: of either list (owners only so that nobody is matched with themselves), and of claims.
READ = {Need: LINE, Offer: LINE, Claim: ("unit_id", "state")}

#: What is proposed at once.
MOST = 10
#: So many open claims are still light to carry.
LIGHT = 2
#: How far it is, in steps of place.
STEPS = ("entrance", "building", "compound", "community")
CARRIED = ("asked", "open")

Reason = dict[str, Any]


def read(line: Need | Offer) -> SimpleNamespace:
    """Of a line, what matching may know."""
    return SimpleNamespace(**{name: getattr(line, name) for name in READ[type(line)]})


def offers_for(db: Session, need: SimpleNamespace) -> Sequence[Row]:
    return db.execute(query(Offer, need)).all()


def needs_for(db: Session, offer: SimpleNamespace) -> Sequence[Row]:
    """Those that have waited longest come first among equals."""
    return db.execute(query(Need, offer)).all()


def query(other: type[Need] | type[Offer], line: SimpleNamespace) -> Select:
    """The lines of the other list that fit this one, in their order, each with what the order goes by."""
    columns = [getattr(other, name) for name in READ[other]]
    by = [_by_what(other, line), _short(other, line), _step(other, line), _load(other, line).label("load")]
    free = and_(other.state == "published", other.left > 0, _of_others(other, line))
    fits = select(*columns, *by).where(free, _fits_what(other, line), _fits_when(other, line))
    return fits.order_by("by_what", "short", "step", "load", other.published_at, other.id).limit(MOST)


def ordering(row: Row) -> list[int]:
    return [row.by_what, row.short, row.step, row.load]


def why(need: Any, offer: Any, row: Row) -> list[Reason]:
    """The reasons, as codes with facts: what, how many, when, where, and what the offering unit carries already."""
    near = {"code": "near", "step": STEPS[row.step], "compound": offer.compound}
    load = {"code": "light_load" if row.load <= LIGHT else "carries", "open": row.load}
    return [*_why_what(need, offer), _why_many(need, offer), *_why_when(need, offer), near, load]


def _why_what(need: Any, offer: Any) -> list[Reason]:
    shared = sorted(set(need.skills) & set(offer.skills))
    found: list[Reason] = [{"code": "same_skill", "skill": skill} for skill in shared]
    if need.what and need.what == offer.what:
        found.insert(0, {"code": "same_what", "what": need.what})
    return found or [{"code": "same_kind", "kind": offer.kind}]


def _why_many(need: Any, offer: Any) -> Reason:
    enough = offer.left >= need.left
    return {"code": "enough", "n": need.left} if enough else {"code": "part", "n": offer.left, "of": need.left}


def _why_when(need: Any, offer: Any) -> list[Reason]:
    """The time that both have; nothing when either is always there."""
    begins = max((moment for moment in (need.from_at, offer.from_at) if moment), default=None)
    ends = min((moment for moment in (need.until_at, offer.until_at) if moment), default=None)
    shared = sorted(set(need.times) & set(offer.times)) or sorted({*need.times, *offer.times})
    if not (begins or ends or shared):
        return [{"code": "any_time"}]
    span = {"from": begins and begins.isoformat(), "until": ends and ends.isoformat()}
    return [{"code": "time_fits", **span, "times": shared}]


def _fits_what(other: Any, line: Any) -> ColumnElement[bool]:
    """The same kind, and the same thing or skill where both say which; a wish takes any kind that is the very thing."""
    said: list[ColumnElement[bool]] = [other.what == line.what] if line.what else []
    said += [other.skills.overlap(_texts(line.skills))] if line.skills else []
    if line.kind == "wish" and other is Offer:
        return or_(other.kind == "wish", *said)
    same_kind = other.kind == line.kind
    wish = and_(other.kind == "wish", or_(*said)) if said and other is Need else None
    if not said:
        return same_kind
    open_to_any = and_(other.what.is_(None), other.skills == _texts([]))
    fits = and_(same_kind, or_(*said, open_to_any))
    return fits if wish is None else or_(fits, wish)


def _fits_when(other: Any, line: Any) -> ColumnElement[bool]:
    """Both are there at some time from now on, and at some time of the week."""
    conditions = [other.until_at.is_(None) | (other.until_at > func.now())]
    if line.until_at:
        conditions.append(literal(line.until_at) > func.now())
        conditions.append(other.from_at.is_(None) | (other.from_at < line.until_at))
    if line.from_at:
        conditions.append(other.until_at.is_(None) | (other.until_at > line.from_at))
    if line.times:
        conditions.append((other.times == _texts([])) | other.times.overlap(_texts(line.times)))
    return and_(*conditions)


def _of_others(other: Any, line: Any) -> ColumnElement[bool]:
    """Not one's own."""
    if line.unit_id:
        return other.unit_id.is_distinct_from(line.unit_id)
    return other.person_id.is_distinct_from(line.person_id) if line.person_id else true()


def _by_what(other: Any, line: Any) -> ColumnElement[int]:
    """0: the very thing or skill; 1: the kind only."""
    said = [other.what == line.what] if line.what else []
    said += [other.skills.overlap(_texts(line.skills))] if line.skills else []
    exact = case((or_(*said), 0), else_=1) if said else literal(1)
    return exact.label("by_what")


def _short(other: Any, line: Any) -> ColumnElement[int]:
    """0: as many as are needed."""
    enough = other.left >= line.left if other is Offer else other.left <= line.left
    return case((enough, 0), else_=1).label("short")


def _step(other: Any, line: Any) -> ColumnElement[int]:
    """How far it is: an index of STEPS."""
    if line.compound is None:
        return literal(len(STEPS) - 1).label("step")
    same = other.compound == line.compound
    steps = [(same, STEPS.index("compound"))]
    if line.building:
        same = and_(same, other.building == line.building)
        steps.insert(0, (same, STEPS.index("building")))
    if line.entrance:
        steps.insert(0, (and_(same, other.entrance == line.entrance), STEPS.index("entrance")))
    return case(*steps, else_=STEPS.index("community")).label("step")


def _load(other: Any, line: Any) -> Any:
    """How many claims the offering unit carries."""
    if other is Need and line.unit_id is None:
        return literal(0)
    unit_id = Offer.unit_id if other is Offer else line.unit_id
    carried = select(func.count()).select_from(Claim).where(Claim.unit_id == unit_id, Claim.state.in_(CARRIED))
    return carried.scalar_subquery()


def _texts(words: list[str]) -> Any:
    return cast(words, ARRAY(Text))
