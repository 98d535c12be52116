"""A series of ten years, published at once, next to a bare INSERT … SELECT of the same rows.

What limits it is Postgres, which writes each occurrence into eight indexes; the rule's days, counted in Python, and the
statements around come on top. The peer writes the same rows again, as activities of no series. All of it happens in
transactions of the product's own Postgres that are never committed, as the role of the service.
"""

import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time as clock
from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine, event, func, insert, null, select, text
from sqlalchemy.orm import Session

from bench.measure import Result, Row, percentile, rounds
from bench.product import Product
from services.events.domain.series import life, making
from services.events.models import Activity, Series, Unit
from shared.config import config
from shared.db import enter

YEARS = timedelta(days=3650)
#: What differs between an occurrence and its copy.
OTHER = {"id": func.uuidv7(), "series_id": null(), "occurs_on": null()}


def measure(product: Product, options: Namespace) -> Result:
    with _postgres(product) as db:
        unit = db.scalars(select(Unit).where(~Unit.needs_approval).limit(1)).one()
        found: dict[str, dict[str, list]] = {}
        for what, rule in (("weekly", "FREQ=WEEKLY"), ("daily", "FREQ=DAILY")):
            with db.begin_nested() as undone:
                model = _series(db, unit, rule)
                found[what] = rounds(
                    options.rounds,
                    ours=lambda rule=rule: _rate(db, lambda: _series(db, unit, rule)),
                    bare=lambda model=model: _rate(db, lambda: _copies(db, model)),
                )
                undone.rollback()
        notes = [_note(db, unit, options.rounds, found)]
    bare = "a bare INSERT … SELECT of the same rows"
    return Result(
        [
            Row(f"Occurrences of ten years, {what}", "/s", each["ours"], each["bare"], bare)
            for what, each in found.items()
        ],
        notes,
    )


def _rate(db: Session, make: Callable[[], Any]) -> float:
    """Rows a second, and undone: the next one finds the tables as they were."""
    with db.begin_nested() as undone:
        before = _count(db)
        begun = time.perf_counter()
        make()
        spent = time.perf_counter() - begun
        rate = (_count(db) - before) / spent
        undone.rollback()
    return rate


def _series(db: Session, unit: Unit, rule: str) -> Series:
    """Post it and publish it, as a unit that needs no approval does."""
    first = making.today() + timedelta(days=1)
    plan: dict[str, Any] = {
        "title": "bench", "summary": "", "kind": "sport", "form": None, "place": "操场", "capacity": 30, "sign_up": {},
        "audience": {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}, "rule": rule,
        "starts_on": first, "ends_on": first + YEARS, "start_time": clock(19), "minutes": 90, "seasons": [],
        "days": "all",
    }  # fmt: skip
    return life.post(db, unit, reach="all", posted_by="bench", submit_it=True, **plan)


def _copies(db: Session, model: Series) -> None:
    columns = list(Activity.__table__.columns)
    values = [OTHER.get(column.name, column) for column in columns]
    same = select(*values).where(Activity.series_id == model.id)
    db.execute(insert(Activity).from_select([column.name for column in columns], same))


def _count(db: Session) -> int:
    return db.scalars(select(func.count()).where(Activity.title == "bench")).one()


def _note(db: Session, unit: Unit, count: int, found: dict[str, dict[str, list]]) -> str:
    statements: list[str] = []
    engine = db.get_bind()
    listen = ("before_cursor_execute", lambda *args: statements.append(args[2]))
    with db.begin_nested() as undone:
        event.listen(engine, *listen)
        begun = time.perf_counter()
        _series(db, unit, "FREQ=WEEKLY")
        seconds = time.perf_counter() - begun
        event.remove(engine, *listen)
        undone.rollback()
    slowest = percentile([1 / rate for rate in found["weekly"]["ours"]], 1)
    return (
        f"Ten years of weeks, posted and published: {1000 * seconds:.0f} ms and {len(statements)} statements, one of"
        f" which makes all occurrences; in the slowest of {count} rounds {1000 * slowest:.3f} ms an occurrence."
    )


@contextmanager
def _postgres(product: Product) -> Iterator[Session]:
    engine = create_engine(product.place.url)
    with Session(engine) as db:
        enter(db, config().committee_id)
        db.execute(text("SET LOCAL ROLE events"))
        yield db
        db.rollback()
    engine.dispose()
