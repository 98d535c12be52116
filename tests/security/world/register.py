"""What members keeps: units, people whom every service knows, devices, keys, roles, imports."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events import models as events
from services.members import models as members
from services.notify import models as notify
from services.patrol import models as patrol
from shared.crypto import blind, hashed, new_token
from shared.db import now

_numbers = count(1000)


def unit(db: Session, code: str) -> members.Unit:
    """A unit that members, events and notify know."""
    made = members.Unit(code=code, name=f"{code}党支部", kind="other", needs_approval=False)
    db.add(made)
    db.flush()
    facts = {"unit_id": made.id, "code": code, "name": made.name, "active": True, "changed_at": now()}
    db.add_all([events.Unit(**facts, kind="other", needs_approval=False), notify.Unit(**facts)])
    return made


def person(db: Session, name: str, home: members.Unit) -> UUID:
    """A member of a unit, whom every service knows."""
    phone = f"861000000{next(_numbers)}"
    made = members.Person(name=name, phone=phone, phone_blind=blind(phone), unit_id=home.id)
    db.add(made)
    db.flush()
    facts = {"person_id": made.id, "name": name, "groups": [], "skills": [], "active": True, "changed_at": now()}
    facts |= {"unit_id": home.id, "unit_code": home.code, "unit_name": home.name}
    db.add_all([events.Person(**facts), patrol.Person(**facts), notify.Person(**facts)])
    return made.id


def device(db: Session, person_id: UUID) -> tuple[UUID, str]:
    """A device on which a person is signed in: its id and its token."""
    token = new_token()
    made = members.SignInSession(
        token=hashed(token), person_id=person_id, device="test", expires_at=now() + timedelta(days=1)
    )
    db.add(made)
    db.flush()
    return made.id, token


def key(db: Session, home: members.Unit, kind: str, scopes: list[str]) -> tuple[UUID, str]:
    """A unit's key: its id and its secret."""
    secret = new_token(f"jc_{kind}_")
    made = members.ApiKey(
        unit_id=home.id, kind=kind, label=kind, scopes=scopes, key=hashed(secret), ending=secret[-4:], created_by="test"
    )
    db.add(made)
    db.flush()
    return made.id, secret


def grant(db: Session, person_id: UUID, role: str, unit_id: UUID | None = None) -> UUID:
    """A role that a person holds."""
    made = members.Grant(
        person_id=person_id, role=role, unit_id=unit_id, valid_from=now() - timedelta(days=1), granted_by="test"
    )
    db.add(made)
    db.flush()
    return made.id


def hours(db: Session, person_id: UUID) -> UUID:
    """Hours of a person's that somebody unknown proposed."""
    made = members.Hours(
        person_id=person_id, title="补记", note="补记", on=now().date(), minutes=60, provenance="adjusted",
        state="proposed", by=uuid4(),
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made.id


def imports(db: Session, by: UUID) -> dict[str, UUID]:
    """Workbooks in the states in which something can be done with them."""
    return {state: _import(db, by, state) for state in ("checking", "checked", "applied")}


def sign_in(db: Session, person_id: UUID) -> dict[str, str]:
    """A code on its way to this person, and the browser that asked for it."""
    phone, browser = db.get_one(members.Person, person_id).phone or "", new_token()
    code = members.SignInCode(
        browser=hashed(browser), phone=blind(phone), person_id=person_id, code="123456", tries=0,
        expires_at=now() + timedelta(minutes=5),
    )  # fmt: skip
    db.add(code)
    return {"our_phone": phone.removeprefix("86"), "our_code": "123456", "our_browser": browser}


def _import(db: Session, by: UUID, state: str) -> UUID:
    facts: dict[str, Any] = {"digest": b"", "request_key": hashed(str(uuid4())), "created_by": by, "by_name": "某人"}
    made = members.ImportBatch(filename="名册.xlsx", state=state, **facts)
    db.add(made)
    db.flush()
    db.add(members.ImportFile(import_id=made.id, content="", keep_until=now() + timedelta(days=1)))
    return made.id
