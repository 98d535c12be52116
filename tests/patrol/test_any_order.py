"""Whatever way an upload takes, in any order and however often, the same is stored in the end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from services.patrol.models import CheckIn, Crew, Shift, Trouble

BEGAN = datetime(2026, 1, 20, 20, 0, tzinfo=UTC)
RECEIVED = BEGAN + timedelta(days=3)
MINUTE = timedelta(minutes=1)


def told(number, kind, minute, **facts):
    """Something of the evening that the phone tells of; its id says which."""
    return {"id": UUID(int=number), "kind": kind, "at": BEGAN + minute * MINUTE, "seq": number, **facts}


LAMP = {"kind": "lamp", "place": "南口", "words": ""}
EVENING = [
    told(1, "start", 0),
    told(2, "check_in", 12),
    told(3, "check_in", 30, note="锅炉房"),
    told(4, "trouble", 31, trouble=LAMP),
    told(5, "check_in", 55),
    told(6, "trouble", 80, trouble=LAMP),
    told(7, "check_in", 118),
    told(8, "end", 119, handover="南口路灯不亮"),
]


@st.composite
def uploads(draw):
    """The evening in batches: every item at least once, some again, everything in any order."""
    again = draw(st.lists(st.sampled_from(EVENING), max_size=6))
    items = draw(st.permutations(EVENING + again))
    cuts = sorted(draw(st.sets(st.integers(1, len(items) - 1), max_size=4)))
    return [items[first:last] for first, last in zip([0, *cuts], [*cuts, len(items)], strict=True)]


@pytest.fixture
def stored(db):
    """Call it for all that is stored of a shift."""

    def stored(shift_id):
        db.expire_all()
        shift = db.get(Shift, shift_id)
        columns = ("id", "device_at", "happened_at", "time_quality", "person_id")
        rows = {
            model: sorted(
                tuple(getattr(row, name) for name in columns)
                for row in db.scalars(select(model).where(model.shift_id == shift_id))
            )
            for model in (CheckIn, Trouble)
        }
        return (shift.state, shift.started_at, shift.ended_at, shift.handover, shift.next_due_at), rows

    return stored


@pytest.fixture
def in_order():
    """What is stored when nothing goes wrong, by the skew of the phone's clock."""
    return {}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(way=uploads(), skew=st.sampled_from([timedelta(0), timedelta(minutes=-47), timedelta(days=2)]))
def test_any_order_and_any_repetition_store_the_same(db, plan, send, stored, in_order, way, skew):
    def after(batches):
        shift = plan(starts_at=BEGAN, ends_at=BEGAN + 120 * MINUTE)
        for batch in batches:
            items = [{**item, "shift_id": shift.id, "at": item["at"] + skew} for item in batch]
            send(*items, received_at=RECEIVED, clock=RECEIVED + skew)
        found = stored(shift.id)
        for table in (CheckIn, Trouble, Crew):
            db.execute(delete(table).where(table.shift_id == shift.id))
        db.execute(delete(Shift).where(Shift.id == shift.id))
        db.commit()
        return found

    if skew not in in_order:
        in_order[skew] = after([EVENING])
    assert after(way) == in_order[skew]
