"""From a tap to the last message, on the desk's page and on the command line."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest
import requests
from playwright.sync_api import expect

from embedded.running import settings
from tests.browser.desk.conftest import CLERK, LIAISON
from tests.browser.everybody import faults
from tests.stack import PROJECT, until


@pytest.fixture
def tapped(who, submitted):
    """An activity that the unit submitted, and the id of that request."""
    http, id = who(LIAISON).http, str(uuid4())
    http.headers["X-Correlation-Id"] = id
    try:
        activity = submitted()
    finally:
        del http.headers["X-Correlation-Id"]
    until(lambda: sent(who, id))
    return id, activity


def sent(who, id: str) -> bool:
    """Whether every delivery and every message of a request is done with."""
    answer = who(CLERK).http.get(f"{who(CLERK).url}/notify/traces/{id}", timeout=30)
    if answer.status_code == 404:
        return False
    events = answer.json()["events"]
    done = all(delivery["state"] == "done" for event in events for delivery in event["deliveries"])
    return done and any(event["messages"] for event in events)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_pasted_number_leads_from_the_tap_to_the_last_message(desk_of, tapped, size):
    id, _ = tapped
    page = desk_of(CLERK, size)
    page.goto("/desk/messages/trace")

    page.get_by_label("编号").fill(f'{{"event": "answered", "correlation_id": "{id}"}}')
    page.get_by_role("button", name="查看经过").click()

    steps = page.get_by_role("list", name="经过查询").get_by_role("heading", level=2)
    expect(steps.first).to_have_text("单位提交活动")
    expect(steps.nth(1)).to_have_text("写好消息")
    first = page.get_by_role("list", name="经过查询").locator("> li").first
    expect(first).to_contain_text(LIAISON)
    expect(first).to_contain_text(CLERK)
    expect(first.get_by_text("已处理").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    assert faults(page) == []


def test_what_was_told_leads_to_how_it_came_about(desk_of, tapped, who):
    _, activity = tapped
    page = desk_of(CLERK)
    page.goto("/desk/messages")
    page.get_by_role("link", name=activity["title"]).first.click()

    page.locator("main").get_by_role("link", name="经过查询").click()

    expect(page.get_by_role("heading", level=2, name="单位提交活动")).to_be_visible()
    expect(page.get_by_label("编号")).not_to_have_value("")


def test_a_number_that_is_none_or_unknown_is_met_with_words(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/messages/trace")

    page.get_by_label("编号").fill("不是编号")
    page.get_by_role("button", name="查看经过").click()
    expect(page.get_by_role("alert")).to_contain_text("没有认出编号")

    page.get_by_label("编号").fill(str(uuid4()))
    page.get_by_role("button", name="查看经过").click()
    expect(page.get_by_text("没有查到")).to_be_visible()


def test_nobody_but_the_desk_traces(desk_of):
    page = desk_of(LIAISON)
    page.goto("/desk/messages/trace")

    page.wait_for_url(lambda url: "trace" not in url)


def test_the_command_line_tells_the_same_and_adds_the_logs(product, tapped, who):
    id, _ = tapped
    environment = {**os.environ, **settings(product.data)}
    command = [sys.executable, "-m", "shared.trace", id]

    said = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)

    assert said.returncode == 0, said.stderr
    assert "events.activity_submitted.v1" in said.stdout
    assert "notify   done" in said.stdout
    assert "gateway.log  answered  service=events method=POST route=/activities" in said.stdout
    assert CLERK not in said.stdout, "people are ids here"


def test_a_running_product_shows_its_figures_to_whoever_has_the_token(product):
    assert requests.get(f"{product.url}/api/members/metrics", timeout=10).status_code == 401
