"""Tables are borrowed across services: asked for, approved, handed out, overdue, back with a broken leg, all told."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.stack import until

OFFICER = "陈晓岚"


@pytest.fixture
def tables(who):
    """Tables that the officer's unit lends."""
    facts = {"name": f"长条桌{uuid4().hex[:4]}", "kind": "furniture", "count": 6, "kept_at": "文化馆后院"}
    return who(OFFICER).post("/events/equipment", facts)


def told(client, thing: dict, *words: str) -> bool:
    """Whether somebody has a message about this that says all of these words."""
    messages = [one for one in client.get("/notify/inbox")["items"] if thing["name"] in one["title"]]
    return any(all(word in one["title"] + one["body"] for word in words) for one in messages)


def test_tables_are_borrowed_run_over_their_time_and_come_back_with_a_broken_leg(who, tables, product):
    officer, borrower = who(OFFICER), who(VOLUNTEER)
    now = datetime.now(UTC)
    wish = {"equipment_id": tables["id"], "count": 4, "purpose": "楼院茶话会", "starts_at": now.isoformat()}

    loan = borrower.post("/events/loans", wish | {"ends_at": (now + timedelta(seconds=5)).isoformat()})
    path = f"/events/loans/{loan['id']}"
    assert loan["state"] == "asked"
    officer.post(f"{path}/approve")
    assert officer.post(f"{path}/out", {"count": 4})["state"] == "out"
    assert borrower.get(f"/events/equipment/{tables['id']}")["free"] == 2
    until(lambda: told(officer, tables, "有人想借"))
    until(lambda: told(borrower, tables, "可以借"))

    until(
        lambda: tables["id"] in {one["equipment"]["id"] for one in borrower.get("/events/loans", overdue=True)["items"]}
    )
    product.clock_strikes("events.every.remind_of_what_is_lent")
    until(lambda: told(borrower, tables, "到期了"))
    assert not told(officer, tables, "到期")
    assert [one["id"] for one in officer.get("/events/loans", lent=True, overdue=True)["items"]].count(loan["id"]) == 1

    part = officer.post(f"{path}/in", {"count": 1})
    assert (part["state"], part["left"]) == ("out", 3)
    back = officer.post(f"{path}/in", {"count": 2, "missing": 1, "condition": "damaged", "note": "断了一条腿"})
    assert back["state"] == "in"
    until(lambda: told(officer, tables, "还回来少了", "断了一条腿"))
    assert officer.get(f"/events/equipment/{tables['id']}")["free"] == 5
    assert who(CLERK).post(f"/events/equipment/{tables['id']}/counted", {"count": 6})["free"] == 6
