"""What the demo set says of the way, before anybody loads it."""

from demo.patrol import CHECKPOINTS, SQUADS
from demo.way import CHECKLISTS, KEY_AREAS, TIPS
from services.patrol.models.key_areas import DAY_KINDS
from services.patrol.models.reports import TROUBLES


def test_there_are_as_many_as_the_demo_set_says():
    assert (len(SQUADS), len(CHECKPOINTS), len(KEY_AREAS), len(CHECKLISTS)) == (6, 28, 9, 5)
    assert len({name for name, *_ in KEY_AREAS}) == 9


def test_everything_lies_at_a_checkpoint_and_says_what_patrol_knows():
    places = {place for _, _, where, _ in (*KEY_AREAS, *CHECKLISTS) for place in where}

    assert places <= set(CHECKPOINTS)
    assert {day["kind"] for *_, days in KEY_AREAS for day in days} <= set(DAY_KINDS)
    assert {item["fail_opens"] for *_, items in CHECKLISTS for item in items} <= set(TROUBLES)


def test_each_month_has_a_tip():
    assert all(any(month in months for months, *_ in TIPS) for month in (1, 2, 3, 6, 7, 8, 9, 10, 11, 12))
    assert any(not months for months, *_ in TIPS)
