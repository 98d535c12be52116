"""The board's map: what squads do appears on it by itself, also after a sleep and after the server was away."""

import os
import re
import signal
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER, VOLUNTEER
from tests.stack import until

#: With the short ladders of tests, what is next is late within seconds.
NEXT = re.compile("next|late")


@pytest.fixture
def board(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/board")
    return page


@pytest.fixture
def check_in(who, walking):
    """Call it with the number of a stop for a check-in there."""

    def check_in(number: int) -> str:
        stop = walking["checkpoints"][number]
        where = {"at": datetime.now(UTC).isoformat(), "shift_id": walking["id"], "checkpoint_id": stop["id"]}
        who(LEADER).put(f"/patrol/check-ins/{uuid4()}", where)
        return stop["code"]

    return check_in


def point(board, code: str):
    return board.locator(f"[data-point='{code}']")


def test_the_map_follows_the_squad_and_leads_to_its_row(board, check_in, walking):
    first, second = (stop["code"] for stop in walking["checkpoints"][:2])
    expect(point(board, first)).to_have_attribute("data-state", NEXT)

    check_in(0)

    expect(point(board, first)).to_have_attribute("data-state", "visited")
    expect(point(board, second)).to_have_attribute("data-state", NEXT)
    point(board, first).click()
    expect(board.locator(f"[data-shift='{walking['id']}']")).to_be_focused()


def test_a_call_for_help_stands_at_the_last_known_checkpoint(board, who, check_in, walking):
    code = check_in(1)
    call = str(uuid4())
    who(VOLUNTEER).put(f"/patrol/sos/{call}", {"at": datetime.now(UTC).isoformat(), "shift_id": walking["id"]})

    expect(point(board, code)).to_have_attribute("data-state", "sos")
    who(CLERK).post(f"/patrol/sos/{call}/stand-down", {"note": ""})
    expect(point(board, code)).to_have_attribute("data-state", "visited")


def test_after_a_laptops_sleep_the_map_is_right(board, check_in, walking):
    board.clock.install()
    board.reload()
    expect(point(board, walking["checkpoints"][0]["code"])).to_be_visible()
    with board.expect_request("**/board/stream"):
        board.clock.fast_forward("02:00:00")

    code = check_in(0)

    expect(point(board, code)).to_have_attribute("data-state", "visited")


def test_after_the_server_was_away_the_map_is_right(board, product, check_in, walking):
    expect(point(board, walking["checkpoints"][0]["code"])).to_be_visible()
    for pid in product.pids("gunicorn"):
        os.kill(pid, signal.SIGKILL)

    code = until(lambda: _asked_again(check_in), 60)

    expect(point(board, code)).to_have_attribute("data-state", "visited", timeout=30_000)


def _asked_again(check_in) -> str | None:
    try:
        return check_in(2)
    except OSError:  # nobody answers yet
        return None
