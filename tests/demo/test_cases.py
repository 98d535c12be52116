"""What the demo set says of what was found, before anybody loads it."""

from collections import Counter
from datetime import datetime
from statistics import median

from demo import cases
from services.patrol.models import CASE_KINDS


def test_the_book_is_as_long_as_the_demo_set_says():
    told = list(cases.book())
    settled = [one for one in told if "settled" in one]
    days = [_days(one) for one in settled]

    kinds = Counter(one["kind"] for one in told)
    assert (len(told), len(settled)) == (137, 118)
    assert {kind: kinds[kind] for kind in cases.FOUND} == cases.FOUND
    assert sum(kinds.values()) - sum(cases.FOUND.values()) == 21
    assert set(kinds) <= set(CASE_KINDS)
    assert round(median(days), 1) == 2.4


def _days(one: dict) -> float:
    took = datetime.fromisoformat(one["settled"]["fixed_at"]) - datetime.fromisoformat(one["reported_at"])
    return took.total_seconds() / 86_400
