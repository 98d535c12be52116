"""Micro-wishes: whose they are is sealed, the words are checked, and only the resident's word closes them."""

import hmac
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import claims, deidentify, lists, projects
from services.events.domain.deidentify import Finding
from services.events.domain.lists import NotNow, expect, tell
from services.events.domain.scope import Asker
from services.events.models import Claim, Clearance, Need, Person, Wish
from shared.crypto import blind, hashed, new_token
from shared.db import find, locked
from shared.errors import Forbidden, Invalid, NotFound, Problem
from shared.schemas.events import NeedClosed, NeedToCheck, WishConfirmed

#: What of a need everybody reads.
PUBLIC_WORDS = ("title", "text")
TRIES = 5

OPEN = text("SELECT events.open_wish(:link)")


class TracesOfAPerson(Problem):
    """Something in the words may tell who this is. Take it out, or let a second person confirm that it does not."""

    status = 422


class SecondPairOfEyes(Problem):
    """Whoever wrote the words cannot confirm them: somebody else looks at them, too."""


class ResidentsWord(Problem):
    """A wish is closed by the resident's word only, never by who fulfils it."""


def write(db: Session, need: Need, *, whose: dict[str, Any]) -> Need:
    """Keep apart whose wish it is; the desk looks at it next."""
    db.add(Wish(need_id=need.id, whose=whose))
    need.state = "verify"
    db.flush()
    tell(db, NeedToCheck, need)
    return need


def checked(db: Session, need: Need, *, confirm: bool = False, by: UUID | None = None) -> list[dict[str, Any]]:
    """What the check finds in the words, and whether somebody confirmed it; *confirm*: this person does, of all."""
    findings = _findings(db, need)
    if confirm and findings:
        if by is None or by == need.worded_by:
            raise SecondPairOfEyes
        rows = [{"need_id": need.id, "finding": _digest(need, field, finding), "by": by} for field, finding in findings]
        db.execute(insert(Clearance).values(rows).on_conflict_do_nothing())
    cleared = {bytes(digest) for digest in db.scalars(_cleared(need))}
    return [
        {
            "field": field,
            "from": one.start,
            "to": one.end,
            "kind": one.kind,
            "confirmed": _digest(need, field, one) in cleared,
        }
        for field, one in findings
    ]


def refuse_traces(db: Session, need: Need) -> None:
    """Keep a resident's need off the list while its words may tell who they are. A unit's words are its own."""
    if need.unit_id and need.kind != "wish":
        return
    if left := [one for one in checked(db, need) if not one["confirmed"]]:
        raise TracesOfAPerson(findings=left)


def refuse_to_close(need: Need) -> None:
    if need.kind == "wish":
        raise ResidentsWord


def personal(db: Session, need_id: UUID, asker: Asker) -> dict[str, Any]:
    """Whose wish it is: for the desk, for the resident, and for those who are accepted to fulfil it."""
    wish = find(db, Wish, need_id)
    need = find(db, Need, need_id)
    if not (asker.clerk or lists.mine(need, asker) or _is_accepted(db, need_id, asker)):
        raise Forbidden
    return wish.whose


def hand_out_pin(db: Session, need_id: UUID, *, asker: Asker) -> dict[str, str]:
    """A new link and PIN for the resident, shown this once, to be handed to them; not to who fulfils the wish."""
    if _helps(db, need_id, asker):
        raise ResidentsWord
    wish = locked(db, Wish, need_id)
    expect(find(db, Need, need_id), "published", "claimed", "met")
    link, pin = new_token(), f"{secrets.randbelow(1_000_000):06}"
    wish.link, wish.pin, wish.tries_left = hashed(link), _pin(need_id, pin), TRIES
    db.flush()
    return {"link": link, "pin": pin}


def opened(db: Session, link: str) -> Need:
    """The wish that a link opens; from then on the transaction acts for its committee."""
    need_id = db.execute(OPEN, {"link": hashed(link)}).scalar()
    if need_id is None:
        raise NotFound
    return find(db, Need, need_id)


def is_delivered(db: Session, need: Need) -> bool:
    done = select(Claim.id).where(Claim.need_id == need.id, Claim.state.in_(("delivered", "confirmed"))).limit(1)
    return db.scalar(done) is not None


def expect_delivered(db: Session, need: Need) -> None:
    """Before anything was brought there is nothing to confirm, and no PIN to try."""
    expect(need, "published", "claimed", "met")
    if not is_delivered(db, need):
        raise NotNow(state=need.state, allowed=["delivered"])


def try_pin(db: Session, need_id: UUID, pin: str) -> int | None:
    """None: it is the PIN. Else how many tries are left; the caller keeps the count whatever it answers."""
    wish = locked(db, Wish, need_id)
    if wish.tries_left and wish.pin and hmac.compare_digest(bytes(wish.pin), _pin(need_id, pin)):
        return None
    wish.tries_left = max(0, wish.tries_left - 1)
    db.flush()
    return wish.tries_left


def confirm(db: Session, need_id: UUID, *, by: str, asker: Asker | None = None, note: str | None = None) -> Need:
    """The resident says that it is so: *by* link, themselves (person), or on the telephone to the desk, with a note."""
    need = locked(db, Need, need_id)
    expect(need, "published", "claimed", "met")
    if need.kind == "wish" and asker and _helps(db, need_id, asker):
        raise ResidentsWord
    if by == "desk" and need.kind == "wish" and not note:
        raise Invalid(errors={"note": ["required"]})
    done = claims.confirm_all(db, need)
    if wish := db.get(Wish, need_id):
        wish.confirmed_by, wish.note, wish.link, wish.pin = by, note, None, None
    need.state = "closed"
    db.flush()
    projects.follow(db, need)
    wish_came_true = need.kind == "wish"
    if wish_came_true:
        tell(db, WishConfirmed, need, *done)
    tell(db, NeedClosed, need, *done, nobody=wish_came_true, outcome="met", reason="")
    return need


def confirmer(db: Session, need: Need, asker: Asker) -> str:
    """As what somebody may speak for who needed it: themselves, or the desk; of a unit's need its officer."""
    themselves = need.person_id == asker.person_id if need.kind == "wish" else lists.mine(need, asker)
    if themselves and asker.person_id:
        return "person"
    if asker.clerk:
        return "desk"
    raise ResidentsWord if need.kind == "wish" and _helps(db, need.id, asker) else Forbidden


def _findings(db: Session, need: Need) -> list[tuple[str, Finding]]:
    words = " ".join(getattr(need, field) for field in PUBLIC_WORDS)
    known = _known(db, need, words)
    return [(field, one) for field in PUBLIC_WORDS for one in deidentify.find(getattr(need, field), known)]


def _known(db: Session, need: Need, words: str) -> Sequence[str]:
    """Words that surely tell of somebody: what the resident is called, and names of the register in these words."""
    wish = db.get(Wish, need.id)
    own = [str(value) for value in wish.whose.values() if value] if wish else []
    bare = func.regexp_replace(words, r"\s", "", "g")
    named = select(Person.name).where(func.length(Person.name) > 1, func.strpos(bare, Person.name) > 0)
    return [*own, *db.scalars(named.distinct())]


def _cleared(need: Need) -> Any:
    """Only what others than who wrote the words confirmed."""
    return select(Clearance.finding).where(Clearance.need_id == need.id, Clearance.by.is_distinct_from(need.worded_by))


def _digest(need: Need, field: str, finding: Finding) -> bytes:
    """Of the whole field, so that a change of a word around it has it looked at again."""
    return blind(f"clearance:{need.id}:{field}:{finding.start}:{finding.end}:{getattr(need, field)}")


def _pin(need_id: UUID, pin: str) -> bytes:
    return blind(f"wish-pin:{need_id}:{pin}")


def _helps(db: Session, need_id: UUID, asker: Asker) -> bool:
    held = db.scalars(select(Claim).where(Claim.need_id == need_id, Claim.state.in_(claims.HELD)))
    return any(claims.is_mine(made, asker) for made in held)


def _is_accepted(db: Session, need_id: UUID, asker: Asker) -> bool:
    held = db.scalars(select(Claim).where(Claim.need_id == need_id, Claim.state.in_(("open", "delivered"))))
    return any(claims.is_mine(made, asker) for made in held)
