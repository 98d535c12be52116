"""Where newcomers come first, who was nowhere is asked first."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.events.models import Attendance
from shared.db import now
from tests.events.places import rules, sign_up_of


@pytest.fixture
def was_somewhere(db, hold):
    """Call it to let somebody have been at so many activities in the last year."""

    def was_somewhere(somebody, times: int, days_ago: int = 30) -> None:
        for _ in range(times):
            at = now() - timedelta(days=days_ago)
            db.add(Attendance(id=uuid4(), activity_id=hold().id, person_id=somebody.person_id, source="leader", at=at))
        db.commit()

    return was_somewhere


def test_where_newcomers_come_first_who_was_nowhere_is_asked_before_who_often_was(
    events, queue, give_up, states, was_somewhere, db, token
):
    wanted = rules(newcomers_first=True)
    activity, goes, regular, rare, newcomer = queue("常来的", "来过的", "没来过的", sign_up=wanted)
    was_somewhere(regular, 3)
    was_somewhere(rare, 1)
    assert events.get(f"/activities/{activity.id}/sign-up", headers=token(regular.person_id)).json["position"] == 3

    give_up(activity, goes)

    assert states(activity, regular, rare, newcomer) == ["waiting", "waiting", "offered"]
    why = sign_up_of(db, activity, newcomer.person_id).why
    assert why == [{"code": "your_turn"}, {"code": "newcomers_first", "times": 0}]
    give_up(activity, newcomer)
    assert states(activity, regular, rare) == ["waiting", "offered"]


def test_what_was_more_than_a_year_ago_does_not_count(queue, give_up, states, was_somewhere):
    activity, goes, once_regular, other = queue("早先常来的", "别人", sign_up=rules(newcomers_first=True))
    was_somewhere(once_regular, 5, days_ago=400)

    give_up(activity, goes)

    assert states(activity, once_regular, other) == ["offered", "waiting"]
