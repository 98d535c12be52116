"""A shift is short of hands: fitting people are asked, a few at a time, whoever was asked longest ago first.

It ends when the places are filled, when nobody fits any more, when the shift begins, or when somebody stops it; and
everybody who was asked hears of it. Nobody is asked of whom something speaks against it, and each sees why they are.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from services.patrol.domain import hands, local_time, roster
from services.patrol.domain.hands import Hand, Span
from services.patrol.models import Cover, CoverAsk, Shift, SquadMember
from shared.config import config
from shared.db import find, locked, now
from shared.errors import NotFound, Problem
from shared.outbox import publish
from shared.schemas.patrol import CoverAsked, CoverEnded, CoverFoundNobody

#: So many are asked at a time.
BATCH = 3

WHOLE = (joinedload(Cover.shift).joinedload(Shift.squad), selectinload(Cover.asks).joinedload(CoverAsk.person))


class CoverUnderWay(Problem):
    """People are being asked for this shift already."""


class CoverOver(Problem):
    """The place is filled, or nobody looks for it any more."""


def begin(db: Session, shift: Shift, *, places: int, by: UUID) -> Cover:
    """Look for so many people for a locked shift, and ask the first of them at once."""
    if shift.state != "planned" or shift.starts_at <= now():
        raise roster.ShiftUnderWay
    if of_shift(db, shift.id, state="open"):
        raise CoverUnderWay
    cover = Cover(shift_id=shift.id, places=places, asked_by=by, began_at=now(), next_at=now())
    db.add(cover)
    db.flush()
    _ask_next(db, cover, shift)
    return seen(db, cover.id)


def stop(db: Session, cover_id: UUID) -> Cover:
    """Look no further; who was asked is told."""
    cover, shift = _locked(db, cover_id)
    if cover.state == "open":
        _end(db, cover, shift, "stopped")
    return seen(db, cover_id)


def say(db: Session, ask_id: UUID, *, person_id: UUID, yes: bool) -> CoverAsk:
    """Somebody says that they come, or cannot. The first who come have the places; once more is the same."""
    ask = find(db, CoverAsk, ask_id)
    if ask.person_id != person_id:
        raise NotFound
    cover, shift = _locked(db, ask.cover_id)
    db.refresh(ask)
    if ask.state == ("accepted" if yes else "declined"):
        return ask
    if ask.state != "asked" or cover.state not in ("open", "nobody_left") or shift.state != "planned":
        raise CoverOver(state=cover.state)
    ask.state, ask.answered_at = "accepted" if yes else "declined", now()
    if yes:
        crew = [member.person_id for member in sorted(shift.crew, key=lambda member: member.role)]
        roster.change(db, shift, crew=[*crew, person_id])
    _tell(db, CoverEnded, ask, shift, cover_outcome=ask.state)
    db.flush()
    _go_on(db, cover, shift)
    return ask


def take_answer(db: Session, ask_id: UUID, *, by: UUID, answer: str) -> None:
    """The same as an answer to the message. Whoever said yes too late must hear that nobody waits for them."""
    ask = db.get(CoverAsk, ask_id)
    if ask is None or ask.person_id != by or answer not in ("ack", "decline"):
        return
    try:
        with db.begin_nested():
            say(db, ask_id, person_id=by, yes=answer == "ack")
    except Problem:
        if answer == "ack":
            _, shift = _locked(db, ask.cover_id)
            _tell(db, CoverEnded, ask, shift, cover_outcome="too_late")


def ask_further(db: Session) -> None:
    """Ask the next people wherever those before did not fill the places in time; end what is over."""
    due = select(Cover.id).where(Cover.state == "open", Cover.next_at <= now()).order_by(Cover.id)
    for cover_id in db.scalars(due).all():
        cover, shift = _locked(db, cover_id)
        if cover.state == "open" and cover.next_at <= now():
            _ask_next(db, cover, shift)


def of_shift(db: Session, shift_id: UUID, *, state: str | None = None) -> Cover | None:
    """The newest search for a shift."""
    query = select(Cover).where(Cover.shift_id == shift_id).options(*WHOLE)
    query = query.where(Cover.state == state) if state else query
    return db.scalars(query.order_by(Cover.id.desc()).limit(1)).one_or_none()


def seen(db: Session, cover_id: UUID) -> Cover:
    return find(db, Cover, cover_id, options=WHOLE, populate_existing=True)


def asks_of(db: Session, person_id: UUID) -> Sequence[CoverAsk]:
    """What somebody is asked and has not answered."""
    query = select(CoverAsk).join(CoverAsk.cover).join(Cover.shift)
    mine = query.where(CoverAsk.person_id == person_id, CoverAsk.state == "asked", Shift.starts_at > now())
    fetched = joinedload(CoverAsk.cover).joinedload(Cover.shift).joinedload(Shift.squad)
    return db.scalars(mine.options(fetched).order_by(Shift.starts_at)).all()


def _ask_next(db: Session, cover: Cover, shift: Shift) -> None:
    """Ask the next few; when nobody fits any more, say so to those who look."""
    if shift.state != "planned" or shift.starts_at <= now():
        _end(db, cover, shift, "stopped")
        return
    batch = (db.scalar(select(func.max(CoverAsk.batch)).where(CoverAsk.cover_id == cover.id)) or 0) + 1
    fitting = _fitting(db, cover, shift)[:BATCH]
    if not fitting:
        _give_up(db, cover, shift)
        return
    for hand, last_asked in fitting:
        why = _why(shift, hand, last_asked)
        ask = CoverAsk(cover_id=cover.id, person_id=hand.id, batch=batch, asked_at=now(), why=why)
        db.add(ask)
        db.flush()
        _tell(db, CoverAsked, ask, shift, why_you=[one["code"] for one in why])
    cover.next_at = now() + timedelta(minutes=config().cover_minutes)
    db.flush()


def _fitting(db: Session, cover: Cover, shift: Shift) -> list[tuple[Hand, datetime | None]]:
    """Against whom nothing speaks, asked longest ago first; of those never asked, the squad's own."""
    span = _span(shift)
    known = hands.read(db, shift.starts_at, shift.ends_at)
    asked = set(db.scalars(select(CoverAsk.person_id).where(CoverAsk.cover_id == cover.id)))
    out = asked | {member.person_id for member in shift.crew}
    own = set(db.scalars(select(SquadMember.person_id).where(SquadMember.squad_id == shift.squad_id)))
    last = {
        row[0]: row[1]
        for row in db.execute(select(CoverAsk.person_id, func.max(CoverAsk.asked_at)).group_by(CoverAsk.person_id))
    }
    fits = [hand for hand in known.values() if hand.id not in out and not hand.against(span)]
    never = datetime.min.replace(tzinfo=local_time.HERE)
    fits.sort(key=lambda hand: (last.get(hand.id, never), hand.id not in own, hand.id))
    return [(hand, last.get(hand.id)) for hand in fits]


def _why(shift: Shift, hand: Hand, last_asked: datetime | None) -> list[dict[str, Any]]:
    """Why they: worded by page and message."""
    why: list[dict[str, Any]] = []
    if window := hand.window(_span(shift)):
        why.append({"code": "free_then", **window})
    why.append({"code": "asked_long_ago" if last_asked else "not_asked_yet"})
    why.append({"code": "no_clash"})
    if hand.zone and hand.zone == shift.squad.zone:
        why.append({"code": "near"})
    return why


def _span(shift: Shift) -> Span:
    return Span(shift.starts_at, shift.ends_at, cold=shift.outdoor and local_time.is_cold(shift.starts_at))


def _go_on(db: Session, cover: Cover, shift: Shift) -> None:
    """After an answer: filled, or everybody answered and the next can be asked at once."""
    states = list(db.scalars(select(CoverAsk.state).where(CoverAsk.cover_id == cover.id)))
    if states.count("accepted") >= cover.places:
        _end(db, cover, shift, "filled")
    elif "asked" not in states and cover.state == "open":
        _ask_next(db, cover, shift)


def _give_up(db: Session, cover: Cover, shift: Shift) -> None:
    """Everybody who fits was asked: the leader and the desk hear it; whoever still says yes is welcome."""
    cover.state, cover.ended_at = "nobody_left", now()
    db.flush()
    facts: dict[str, Any] = {"squad": shift.squad.name, "starts_at": shift.starts_at, "ends_at": shift.ends_at}
    leaders = [shift.squad.leader_id]
    publish(db, CoverFoundNobody, subject=cover.id, cover_id=cover.id, shift_id=shift.id, leader_ids=leaders, **facts)


def _end(db: Session, cover: Cover, shift: Shift, state: str) -> None:
    """It is over, and nobody who was asked goes on wondering."""
    cover.state, cover.ended_at = state, now()
    waiting = select(CoverAsk).where(CoverAsk.cover_id == cover.id, CoverAsk.state == "asked")
    for ask in db.scalars(waiting).all():
        ask.state = "over"
        _tell(db, CoverEnded, ask, shift, cover_outcome=state)
    db.flush()


def _locked(db: Session, cover_id: UUID) -> tuple[Cover, Shift]:
    """The shift first: whoever changes its crew locks that."""
    shift_id = db.scalar(select(Cover.shift_id).where(Cover.id == cover_id))
    if shift_id is None:
        raise NotFound
    shift = locked(db, Shift, shift_id)
    return locked(db, Cover, cover_id), shift


def _tell(db: Session, event: type, ask: CoverAsk, shift: Shift, **more: Any) -> None:
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    about = {"ask_id": ask.id, "shift_id": shift.id, "person_id": ask.person_id, "squad": shift.squad.name}
    facts: dict[str, Any] = about | times | more
    publish(db, event, subject=ask.id, **facts)
