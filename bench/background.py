"""What else goes on: squads start and end their shifts, each an event, published one a transaction at a steady rate.

They are the lightest events there are: notify's worker writes or changes one row for each. Nobody is told of them.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from uuid import uuid4

import orjson
import psycopg

from bench.crews import now
from bench.product import Product
from shared.schemas.patrol import ShiftEnded, ShiftStarted
from tests.stack import until

ENTER = "SELECT set_config('app.committee', id::text, false) FROM bus.committees"
PUBLISH = """
    SELECT bus.publish(%s, NULL, now(), 'bench', '', NULL, 'B', %s, ARRAY['notify'], ARRAY['notify'])
"""
LEFT = "SELECT count(*) FROM bus.deliveries WHERE topic LIKE 'patrol.shift_%'"
#: So many at once tell how many are consumed a second.
HEAP = 600


def consumed_a_second(product: Product) -> float:
    """How many such events the worker gets done when it has nothing else to do."""
    with _postgres(product) as postgres:
        begun = time.monotonic()
        with postgres.transaction():
            for number in range(HEAP):
                _publish(postgres, number)
    until(lambda: product.value(LEFT) == 0, 120)
    return HEAP / (time.monotonic() - begun)


@contextmanager
def going_on(product: Product, rate: float) -> Iterator[None]:
    """Publish so many events a second while the block runs; then wait until all are consumed."""

    def publish() -> None:
        with _postgres(product) as postgres:
            begun = time.monotonic()
            for number in count():
                time.sleep(max(0.0, begun + number / rate - time.monotonic()))
                _publish(postgres, number)

    process = get_context("fork").Process(target=publish, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()
        until(lambda: product.value(LEFT) == 0, 300)


def _postgres(product: Product) -> psycopg.Connection:
    postgres = product.postgres()
    postgres.execute(ENTER)
    return postgres


def _publish(postgres: psycopg.Connection, number: int) -> None:
    event = ShiftEnded if number % 2 else ShiftStarted
    facts = {"shift_id": str(uuid4()), "squad": "测速队", "starts_at": now(), "ends_at": now()}
    payload = orjson.dumps({**facts, "person_ids": [str(uuid4())]}).decode()
    postgres.execute(PUBLISH, [event.topic, payload])
