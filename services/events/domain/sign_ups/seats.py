"""Seats are taken, given back, and given to those who wait. Each under the activity's lock."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from services.events.domain.news import tell
from services.events.domain.sign_ups import rooms, wishes
from services.events.domain.sign_ups.looking import order, times_there
from services.events.domain.sign_ups.rooms import Room, Why
from services.events.domain.sign_ups.wishes import Wish
from services.events.domain.states import expect_open
from services.events.models import TURNS, Activity, Person, SignUp
from shared.db import locked, now
from shared.errors import Invalid, Problem
from shared.schemas.events import SeatOffered, SeatOfferEnded, SignedUpFor, SignUpChanged

#: How long a seat is held for who waits, unless the unit says otherwise; and how near the start nobody is asked first.
OFFER_MINUTES = 720
SOON = timedelta(hours=24)
LATEST = timedelta(hours=12)


class NotActive(Problem):
    """Only active members can sign up."""


class NoRoom(Problem):
    """There are not so many seats left; see why."""


class PartTaken(Problem):
    """As many people do this part as are needed."""


def sign_up(
    db: Session, activity_id: UUID, *, person_id: UUID, asked: dict[str, Any] | None = None, by: str = "self",
    by_id: UUID | None = None, by_name: str = "", by_unit: bool = False, guest: bool = False,
) -> SignUp:  # fmt: skip
    """Give somebody a seat, or a place in the waiting list. Again: the one that they have, as they want it now."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    if not guest:
        expect_active(db, person_id)
    known = db.get(SignUp, (activity_id, person_id), populate_existing=True)
    held = known if known and known.state != "cancelled" else None
    if held and not asked:
        return held
    if not by_unit:
        wishes.expect_in_time(activity)
    wanted = _merged(held, asked or {})
    named = by_unit or (held is not None and held.part == wanted.get("part"))  # the unit named them before
    wish = wishes.checked(activity, wanted, by_unit=named)
    room = rooms.look(db, activity, person_id, age=wish.age, part=wish.part)
    against = _against(wish, room)
    mine = known or SignUp(activity_id=activity_id, person_id=person_id)
    if held:
        _change(db, activity, mine, wish, room.quotas, against)
    else:
        mine.by, mine.by_id, mine.guest = by, by_id, guest
        _begin(db, activity, mine, wish, room, against)
    _tell_of(db, activity, mine, held=held is not None, by=by, by_name=by_name)
    return mine


def cancel(db: Session, activity_id: UUID, *, person_id: UUID, silently: bool = False) -> None:
    """Give a seat or a place in the waiting list back; who has none has none. *silently*: they know."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    mine = db.get(SignUp, (activity_id, person_id), populate_existing=True)
    if mine is None or mine.state == "cancelled":
        return
    if mine.state == "offered":
        end_offer(db, activity, mine, "declined")
    let_go(mine)
    db.flush()
    if not silently and not mine.guest:
        tell(db, SignUpChanged, activity, person_id=person_id, state="cancelled")
    move_up(db, activity)


def cancel_all(db: Session, person_ids: Sequence[UUID]) -> None:
    """Give back what these people hold of activities that are still to come."""
    held = (
        select(SignUp.activity_id, SignUp.person_id)
        .join(Activity)
        .where(SignUp.person_id.in_(person_ids), SignUp.state != "cancelled")
        .where(Activity.state == "published", Activity.starts_at > now())
        .order_by(SignUp.activity_id)  # so that two of us never wait for each other's lock
    )
    for activity_id, person_id in db.execute(held).all():
        cancel(db, activity_id, person_id=person_id)


def take_over(db: Session, activity: Activity, *, from_id: UUID, to_id: UUID) -> SignUp:
    """One person's seat becomes another's, if the rules have nothing against it. The caller holds the lock."""
    let_go(db.get_one(SignUp, (activity.id, from_id)))
    wish = wishes.checked(activity, {})
    room = rooms.look(db, activity, to_id, age=wish.age)
    against = _against(wish, room)
    if against:
        raise NoRoom(why=against)
    known = db.get(SignUp, (activity.id, to_id), populate_existing=True)
    taker = known or SignUp(activity_id=activity.id, person_id=to_id)
    taker.by, taker.by_id = "self", None
    _begin(db, activity, taker, wish, room, [])
    move_up(db, activity)  # who came with others gave more seats back than one
    return taker


def move_up(db: Session, activity: Activity) -> None:
    """Give free seats to those who wait, in their order; whom the rest is not enough for waits on. Under the lock."""
    if activity.state != "published":
        return
    room = rooms.look(db, activity)
    if room.left == 0:
        return
    times = times_there() if activity.sign_up.get("newcomers_first") else literal(0)
    waiting = select(SignUp.person_id, SignUp.party_size, SignUp.quotas, times).where(
        SignUp.activity_id == activity.id, SignUp.state == "waiting"
    )
    for person_id, size, quotas, often in db.execute(waiting.order_by(*order(activity.sign_up))).all():
        if not room.against(size, quotas):
            room.take(size, quotas)
            _give(db, activity, db.get_one(SignUp, (activity.id, person_id), populate_existing=True), often)
        if room.left == 0:
            break
    db.flush()


def follow_rules(db: Session, activity: Activity, *, strictly: bool = True) -> None:
    """New rules: who falls in which quota; *strictly*: refuse quotas smaller than what is taken of them."""
    rooms.sort_anew(db, activity)
    room = rooms.look(db, activity)
    small = {n: taken for n, taken in room.by_quota.items() if n < len(room.rules) and room.rules[n]["seats"] < taken}
    if strictly and small:
        seats = {f"sign_up.quotas.{n}.seats": [{"code": "seats_taken", "min": taken}] for n, taken in small.items()}
        raise Invalid(errors=seats)
    move_up(db, activity)


def expect_active(db: Session, person_id: UUID) -> None:
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise NotActive


def let_go(mine: SignUp) -> None:
    """What they told for it is forgotten at once."""
    mine.state, mine.offer_until, mine.details, mine.why = "cancelled", None, None, []


def end_offer(db: Session, activity: Activity, mine: SignUp, outcome: str) -> None:
    """Nobody need answer any more."""
    tell(db, SeatOfferEnded, activity, offer_id=mine.asked_id, person_id=mine.person_id, outcome=outcome)


def _against(wish: Wish, room: Room) -> list[Why]:
    """Why they must wait. Who helps needs no seat, but must be able to, and not too many may."""
    if wish.part is None:
        return room.against(wish.party_size, room.quotas)
    if missing := sorted(set(wish.needs) - set(room.skills)):
        raise Invalid(errors={"part": [{"code": "needs_skills", "values": missing}]})
    if wish.most is not None and room.in_part >= wish.most:
        raise PartTaken(part=wish.part, most=wish.most)
    return []


def _begin(db: Session, activity: Activity, mine: SignUp, wish: Wish, room: Room, against: list[Why]) -> None:
    _fill_in(mine, wish, room.quotas)
    mine.state, mine.why = ("waiting", [*against, _turn(activity)]) if against else ("going", _seat(wish))
    mine.at, mine.turn, mine.asked_id = now(), TURNS.next_value(), None
    db.add(mine)
    db.flush()


def _change(db: Session, activity: Activity, mine: SignUp, wish: Wish, quotas: list[int], against: list[Why]) -> None:
    """Let it be as they want it now, or as it was. Nobody who waits longer could use what they now can."""
    if against and mine.state != "waiting":
        raise NoRoom(why=against)
    _fill_in(mine, wish, quotas)
    if against:
        mine.why = [*against, _turn(activity)]
    elif mine.state == "waiting" or wish.part:
        if mine.state == "offered":
            end_offer(db, activity, mine, "accepted")
        mine.state, mine.offer_until, mine.why = "going", None, _seat(wish)
    db.flush()
    move_up(db, activity)


def _fill_in(mine: SignUp, wish: Wish, quotas: list[int]) -> None:
    mine.party_size, mine.part, mine.details, mine.quotas = wish.party_size, wish.part, wish.details, quotas


def _merged(held: SignUp | None, asked: dict[str, Any]) -> dict[str, Any]:
    """What they asked for before, and now."""
    if held is None:
        return asked
    before = {"part": held.part, "party_size": held.party_size} | (held.details or {})
    for name, other in (("party", "party_size"), ("party_size", "party")):
        if name in asked:
            before.pop(other, None)
    return before | asked


def _give(db: Session, activity: Activity, lucky: SignUp, times: int) -> None:
    """A seat: at once, or, when there is time, held for them until they answer. A guest cannot be asked."""
    lucky.why = [{"code": "your_turn"}]
    if activity.sign_up.get("newcomers_first"):
        lucky.why = [*lucky.why, {"code": "newcomers_first", "times": times}]
    minutes = activity.sign_up.get("offer_minutes", OFFER_MINUTES)
    if lucky.guest or not minutes or activity.starts_at - now() <= SOON:
        lucky.state = "going"
        if not lucky.guest:
            tell(db, SignUpChanged, activity, person_id=lucky.person_id, state="moved_up")
        return
    until = min(now() + timedelta(minutes=minutes), activity.starts_at - LATEST)
    lucky.state, lucky.offer_until, lucky.asked_id = "offered", until, uuid4()
    tell(db, SeatOffered, activity, offer_id=lucky.asked_id, person_id=lucky.person_id, until=until)


def _tell_of(db: Session, activity: Activity, mine: SignUp, *, held: bool, by: str, by_name: str) -> None:
    """The person is told, who may not be the one who asked. A guest is told by whoever entered them."""
    if mine.guest:
        return
    if by == "self":
        if not held:
            tell(db, SignUpChanged, activity, person_id=mine.person_id, state=mine.state)
        return
    mine.asked_id = mine.asked_id if mine.state == "offered" else uuid4()
    db.flush()
    facts = {"asked_id": mine.asked_id, "person_id": mine.person_id, "by": by, "by_name": by_name}
    tell(db, SignedUpFor, activity, state="waiting" if mine.state == "waiting" else "going", **facts)


def _seat(wish: Wish) -> list[Why]:
    return [{"code": "part", "part": wish.part}] if wish.part else [{"code": "seat"}]


def _turn(activity: Activity) -> Why:
    return {"code": "newcomers_first" if activity.sign_up.get("newcomers_first") else "in_turn"}
