"""Trouble: told at once, once, with or without a shift."""

from uuid import uuid4

from sqlalchemy import func, select

from services.patrol.models import Trouble
from shared.db import now
from tests.patrol.conftest import MINUTE


def test_trouble_is_told_once_with_all_that_its_reader_needs(shift, item, send, checkpoint, published, leader, db):
    place = checkpoint(7)
    words = {"kind": "gas_smell", "place": None, "words": "煤气味"}
    report = item("trouble", shift, checkpoint_id=place.id, trouble=words)

    verdicts = send(report) + send(report, report)

    assert [verdict["outcome"] for verdict in verdicts] == ["stored", "duplicate", "duplicate"]
    [(topic, facts)] = published("patrol.trouble%")
    assert topic == "patrol.trouble_reported.v1"
    assert (facts["kind"], facts["place"], facts["words"]) == ("gas_smell", "P07 自行车棚", "煤气味")
    assert facts["leader_ids"] == [str(leader)]
    assert facts["squad"] == "夜安一队"


def test_trouble_needs_no_shift_and_no_end_of_one_refuses_it(plan, item, send, db):
    ended = plan(state="ended", ended_at=now() - 20 * MINUTE, ended_by=uuid4())
    words = {"kind": "lamp", "place": "南口", "words": ""}

    verdicts = send(item("trouble", None, trouble=words), item("trouble", ended, trouble=words))

    assert [(verdict["outcome"], verdict["code"]) for verdict in verdicts] == [("stored", None)] * 2
    assert db.scalar(select(func.count()).select_from(Trouble)) == 2
