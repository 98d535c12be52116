"""What the demo set says of needs and offers, before anybody loads it."""

import pytest

from demo import people
from demo.needs import CLAIMED, MATCHED, ON_THEIR_OWN, TO_CHECK, WISHES
from demo.offers import OFFERS
from services.events.domain import deidentify
from services.events.models import LISTED_KINDS, MEASURES, THINGS, TIMES
from shared.schemas.fields import SKILLS

NEEDS = (*MATCHED, *ON_THEIR_OWN)
WISHED = (*WISHES, CLAIMED)


def test_the_lists_are_as_long_as_the_demo_set_says():
    titles = [*(line.title for line in (*NEEDS, *OFFERS)), *(wish[0] for wish in WISHED), TO_CHECK[0]]

    assert len(OFFERS) == 73
    assert len(NEEDS) + len(WISHED) + 1 == 58
    assert len(WISHES) == 24
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("line", [*NEEDS, *OFFERS], ids=lambda line: line.title)
def test_a_line_says_what_it_is_in_words_that_the_lists_know(line):
    assert line.kind in LISTED_KINDS
    assert line.what in (*THINGS, *SKILLS)
    assert line.measure in MEASURES
    assert set(line.times) <= set(TIMES)


@pytest.mark.parametrize("title", [wish[0] for wish in WISHED])
def test_a_wish_tells_nothing_of_whose_it_is(title):
    assert not list(deidentify.find(title, [member.name for member in people.members()]))


def test_the_wish_that_a_clerk_looks_at_tells_too_much():
    _, text, *_ = TO_CHECK

    assert {found.kind for found in deidentify.find(text)} >= {"name", "address"}
