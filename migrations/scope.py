"""What of the database is Alembic's business: the services' schemas, without partitions."""

import re
from typing import Any

from migrations.protect import SERVICES

#: Partitions are made by bus.make_partitions: by month, and one for all other ids.
PARTITION = re.compile(r".*_(\d{4}_\d{2}|other)")


def ours(name: str | None, kind: str, parents: dict) -> bool:
    if kind == "schema":
        return name in SERVICES
    if kind == "table":
        return name is not None and not PARTITION.fullmatch(name)
    return True


def compared(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Postgres repeats a foreign key to a partitioned table for each partition; those are not ours either."""
    if kind != "foreign_key_constraint" or not reflected:
        return True
    return not PARTITION.fullmatch(thing.elements[0].target_fullname.rpartition(".")[0])
