"""The first person of a register that is still empty: python -m services.members.first_secretary --name 名 --phone 号

From then on the secretary gives everybody else their roles. With --token it also prints a bearer token, valid for
twelve hours, for whoever sets a deployment up without a phone at hand.
"""

import argparse
import sys
from uuid import UUID

from sqlalchemy import select

from services.members.domain import grants, news, sessions
from services.members.models import Grant, Person
from shared import db, phones
from shared.config import config
from shared.crypto import blind


def appoint(tx, name: str, phone: str) -> UUID | None:
    """Make this person the secretary, unless there is one already. Return their id."""
    if tx.scalar(select(Grant.id).where(grants.secretaries()).limit(1)):
        return None
    number = phones.normalised(phone)
    person = tx.scalar(select(Person).where(Person.phone_blind == blind(number), Person.active))
    if person is None:
        person = Person(name=name, phone=number, phone_blind=blind(number))
        tx.add(person)
        tx.flush()
        news.people(tx, [person.id])
    tx.add(Grant(person_id=person.id, role="secretary", granted_by="first_secretary"))
    tx.flush()
    return person.id


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m services.members.first_secretary")
    parser.add_argument("--name", required=True)
    parser.add_argument("--phone", required=True)
    parser.add_argument("--token", action="store_true", help="print a token for the twelve hours to come")
    asked = parser.parse_args()
    db.connect("members")
    with db.transaction("members", config().committee_id, actor="first_secretary") as tx:
        person_id = appoint(tx, asked.name, asked.phone)
        if person_id is None:
            sys.stderr.write("There is a secretary already. 已经有书记了。\n")
            return 1
        said = (
            sessions.begin(tx, person_id, device="first_secretary", remember=False) if asked.token else str(person_id)
        )
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
