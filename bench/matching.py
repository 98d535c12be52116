"""Offers for a need among 10,000 needs and 10,000 offers, next to what no such answer can do without.

The lists are made up in one transaction of the product's own Postgres, asked as the role of the service, and taken
back at the end. What limits it is how many offers of the same kind and thing there are: they are found by an index and
put in order. The peers are the need itself, read by its key, and the same question while Postgres may use no index.
"""

import random
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from uuid import UUID, uuid4

from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.orm import Session

from bench.measure import Result, Row, percentile, rounds
from bench.product import Product
from services.events.domain import matching, proposals
from services.events.models import THINGS, TIMES, Base, Need, Offer
from shared.config import config
from shared.db import enter, now
from shared.schemas.fields import SKILLS

MANY = 10_000
KINDS = ("venue", "skill", "goods", "people", "service")
SCANS = ("indexscan", "bitmapscan", "indexonlyscan")


def measure(product: Product, options: Namespace) -> Result:
    with _lists(product, MANY // 20 if options.rounds == 1 else MANY) as db:
        needs = db.scalars(select(Need).where(Need.title == "bench").order_by(Need.id)).all()
        chosen = random.Random(20121031).sample(needs, min(options.samples, len(needs)))
        known = [matching.read(need) for need in chosen]
        plan = _plan(db, known[0])
        found = rounds(
            options.rounds,
            ours=lambda: _each(known, lambda need: matching.offers_for(db, need)),
            by_key=lambda: _each(known, lambda need: db.execute(select(*_columns()).where(Need.id == need.id)).one()),
            stored=lambda: _each(known, lambda need: _stored(db, need.id)),
        )
        scans = _without_index(db, known[:20])
    size = f"{len(needs):,} needs and as many offers; {len(known)} questions a round."
    return Result(_rows(found, scans), [size, plan])


def _rows(found: dict[str, list], scans: list[float]) -> list[Row]:
    key, scan = "the need by its key", "the same without an index"
    ours, by_key, stored = (found[name] for name in ("ours", "by_key", "stored"))
    return [
        *(_row("Offers for a need", share, ours, by_key, key) for share in (0.5, 0.99)),
        _row("Offers for a need", 0.5, ours, [scans] * len(ours), scan),
        _row("Looked for, written down with reasons, both sides told", 0.5, stored, by_key, key),
    ]


def _row(what: str, share: float, ours: list, peer: list, peer_is: str) -> Row:
    mine, theirs = ([1000 * percentile(each, share) for each in figures] for figures in (ours, peer))
    return Row(f"{what}, p{share * 100:.0f}", "ms", mine, theirs, peer_is)


class Times(list):
    """Seconds, each; said in short."""

    def __str__(self) -> str:
        return f"p50 {1000 * percentile(self, 0.5):.2f} ms, p99 {1000 * percentile(self, 0.99):.2f} ms"


def _each(known: list, ask: Callable) -> Times:
    seconds = Times()
    for one in known:
        begun = time.perf_counter()
        ask(one)
        seconds.append(time.perf_counter() - begun)
    return seconds


def _stored(db: Session, need_id: UUID) -> None:
    """What the consumer does, and undone: the next round finds the lists as they were."""
    with db.begin_nested() as undone:
        proposals.for_need(db, need_id)
        undone.rollback()


def _without_index(db: Session, known: list) -> Times:
    _use_indices(db, "off")
    found = _each(known, lambda need: matching.offers_for(db, need))
    _use_indices(db, "on")
    return found


def _use_indices(db: Session, whether: str) -> None:
    for scan in SCANS:
        db.execute(text(f"SET LOCAL enable_{scan} = {whether}"))


def _plan(db: Session, need: SimpleNamespace) -> str:
    """How Postgres finds them: the indexes that it goes by."""
    question = matching.query(Offer, need).compile(db.get_bind(), compile_kwargs={"render_postcompile": True})
    asked = db.connection().exec_driver_sql(f"EXPLAIN (COSTS OFF) {question}", question.params)
    used = sorted({line.split(" on ")[-1].split()[0] for (line,) in asked if "Index" in line and " on " in line})
    return f"It goes by {', '.join(used)}." if used else "It goes by no index."


def _columns() -> list:
    return [getattr(Need, name) for name in matching.READ[Need]]


@contextmanager
def _lists(product: Product, many: int) -> Iterator[Session]:
    """Both lists, in a transaction that is never committed."""
    engine = create_engine(product.place.url)
    with Session(engine) as db:
        enter(db, config().committee_id)
        chance = random.Random(1931)
        units = [uuid4() for _ in range(31)]
        for model in (Need, Offer):
            db.execute(insert(model), [_line(chance, units) for _ in range(many)])
        for table in ("needs", "offers", "claims"):
            db.execute(text(f"ANALYZE {Base.metadata.schema}.{table}"))
        db.execute(text("SET LOCAL ROLE events"))
        yield db
        db.rollback()
    engine.dispose()


def _line(chance: random.Random, units: list[UUID]) -> dict:
    amount = chance.randint(1, 20)
    compound = chance.choice([None, *(f"C{n}" for n in range(1, 10))])
    building = chance.choice([None, f"{compound}-B{chance.randint(1, 6)}"]) if compound else None
    return {
        "kind": chance.choice(KINDS), "title": "bench", "text": "", "what": chance.choice([None, *THINGS]),
        "skills": chance.sample(SKILLS, chance.choice([0, 0, 1, 2])), "unit_id": chance.choice(units),
        "compound": compound, "building": building, "entrance": None, "from_at": None, "until_at": None,
        "times": chance.sample(TIMES, chance.choice([0, 0, 1, 2])), "amount": amount, "left": amount,
        "measure": "pieces", "state": "published", "published_at": now(), "version": 1,
    }  # fmt: skip
