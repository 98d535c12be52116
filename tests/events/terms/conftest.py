"""A lecture hall with topics and speakers."""

import pytest

from tests.events.hall import speaker, term, topic


@pytest.fixture
def hall(db, unit):
    """Call it for a term of a unit, with topics and somebody who speaks of them."""

    def hall(*votes: int, **facts):
        made = [topic(db, f"T{n}", votes=count) for n, count in enumerate(votes, 1)]
        speaker(db, *(one.code for one in made), load_cap=10)
        return term(db, unit(), **facts)

    return hall
