"""Years of use in a few minutes: a committee's tables filled by SQL, as the owner, past triggers and foreign keys.

The statements stand in the .sql files beside this, in the order of FILES; what they take from each other are
temporary tables and the settings fill.*. The new rows look like those of the services, but for what is encrypted,
which they leave out.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, cast
from uuid import UUID

import psycopg

FOLDER = Path(__file__).parent
FILES = ("ways", "structure", "people", "patrol", "activities", "messages", "audit", "end")

#: Past the triggers and foreign keys of the tables, and not waiting for the disk.
ALONE = "SET session_replication_role = replica; SET synchronous_commit = off; SET client_min_messages = warning"


@dataclass(frozen=True)
class Size:
    """How much of everything a committee gets; people are what the rest of it goes by."""

    people: int
    check_ins: int


def fill(owner: psycopg.Connection, committee: UUID, size: Size, reader: UUID | None = None) -> None:
    """Give a committee so many rows more; *reader*: whose inbox has got long, too."""
    settings = {"committee": committee, "people": size.people, "check_ins": size.check_ins, "reader": reader or ""}
    for name, value in settings.items():
        owner.execute("SELECT set_config(%s, %s, false)", [f"fill.{name}", str(value)])
    owner.execute(ALONE)
    for name in FILES:
        owner.execute(cast(LiteralString, (FOLDER / f"{name}.sql").read_text()))


def make_committee(owner: psycopg.Connection, committee: UUID) -> None:
    """Another committee, with nothing in it."""
    owner.execute(
        "INSERT INTO bus.committees VALUES (%s, %s, 'bench') ON CONFLICT DO NOTHING", [committee, str(committee)]
    )
