"""Seats: never more than there are, first come first served, whoever waits moves up, and everybody hears why.

wishes (what somebody asks for, and whether they may), rooms (what is free), seats (taking, giving back, moving up),
offers (a seat is held until somebody answers), behalf (for others), looking (counts and lists), forgetting.
"""

from services.events.domain.sign_ups.looking import counted, going_count, people_of, position, taken_count
from services.events.domain.sign_ups.seats import (
    NotActive,
    cancel,
    cancel_all,
    expect_active,
    follow_rules,
    move_up,
    sign_up,
    take_over,
)

__all__ = [
    "NotActive",
    "cancel",
    "cancel_all",
    "counted",
    "expect_active",
    "follow_rules",
    "going_count",
    "move_up",
    "people_of",
    "position",
    "sign_up",
    "take_over",
    "taken_count",
]
