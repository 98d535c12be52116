"""Somebody who books."""

import pytest

from tests.events.conftest import once
from tests.events.venue_fixtures import wish


@pytest.fixture
def somebody(person, token):
    """A member, and their headers."""
    member = person("王秀英")
    return member, token(member.person_id)


@pytest.fixture
def book(events, somebody):
    """Call it to let somebody wish for a venue."""

    def book(venue, on, begin, end, headers=None, **facts):
        sent = wish(venue, on, begin, end, **facts)
        return events.post("/bookings", json=sent, headers=once(headers or somebody[1]))

    return book
