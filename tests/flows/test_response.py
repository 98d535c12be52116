"""Many hands: rung ring by ring, answered with one tap, over when somebody says so; also while things break."""

import os
import signal
from contextlib import suppress
from uuid import uuid4

import pytest
import redis

from embedded import valkey
from tests.flows.conftest import CLERK
from tests.flows.test_activity import inbox
from tests.stack import until

OFFICER, OTHER = "刘志远", "陈晓岚"


@pytest.fixture
def raise_call(who):
    """Call it to call for hands as far as the units' officers; over with the test."""
    clerk, made = who(CLERK), []

    def raise_call(**more) -> dict:
        words = {"kind": "flood", "severity": "serious", "place": f"三号楼地下室 {uuid4().hex[:6]}"}
        made.append(clerk.post("/patrol/responses", {**words, "needs": [{"task": "carry", "wanted": 3}], **more}))
        return made[-1]

    yield raise_call
    for call in made:
        clerk.post(f"/patrol/responses/{call['id']}/stand-down", {"words": "没事了"})


def message_of(client, call: dict) -> list[dict]:
    return [m for m in inbox(client, call["place"]) if m["thread"] == call["id"] and m["needs_answer"]]


def meter(client, call: dict) -> dict:
    return client.get(f"/patrol/responses/{call['id']}")["meter"]


def test_hands_are_called_ring_by_ring_come_by_one_sms_or_tap_and_are_sent_home(product, who, raise_call):
    clerk, officer, other = who(CLERK), who(OFFICER), who(OTHER)
    call = raise_call()

    [message] = until(lambda: message_of(officer, call))
    assert [choice["label"] for choice in message["choices"]] == ["我去", "10 分钟后到", "去不了"]
    number = product.number(OFFICER)
    until(lambda: [sms for sms in product.sent("sms", number) if call["place"] in sms["content"]["TemplateParam"]])
    product.reply(number, "1 我去")
    until(lambda: meter(clerk, call)["coming"] == 1)
    until(lambda: "已记下：我去" in product.sent("sms", number)[-1]["content"]["TemplateParam"])
    [waiting] = until(lambda: message_of(other, call))
    assert waiting["cancelled_at"] is None  # one yes settles nothing for the others
    other.put(f"/patrol/responses/{call['id']}/answer", {"answer": "later"})
    until(lambda: message_of(other, call)[0]["answer"] == "later")

    clerk.post(f"/patrol/responses/{call['id']}/stand-down", {"words": "水停了"})

    until(lambda: inbox(officer, "已经解除"))
    log = [line["code"] for line in clerk.get(f"/patrol/responses/{call['id']}/log")["items"]]
    assert (log[-1], log[0]) == ("raised", "stood_down")
    assert log.count("answered") == 2
    reach = clerk.get(f"/notify/reach/{call['id']}")
    assert reach["counts"]["answered"] == 2


def test_a_drill_says_so_everywhere_and_yields_figures(product, who, raise_call):
    clerk, officer = who(CLERK), who(OFFICER)
    drill = raise_call(drill=True)

    [message] = until(lambda: message_of(officer, drill))
    officer.post(f"/notify/inbox/{message['id']}/answer", {"answer": "ack"})
    until(lambda: meter(clerk, drill)["coming"] == 1)
    figures = clerk.get(f"/patrol/drills/{drill['id']}/figures")

    assert message["title"].startswith("【演练】")
    assert message["body"].startswith("【演练】")
    assert figures["all"]["answered"] == 1
    assert {ring["ring"] for ring in figures["rings"]} <= {"crew", "officers"}


def test_a_call_that_is_raised_while_half_of_the_workers_are_killed(product, who, raise_call):
    officer = who(OFFICER)
    workers = product.pids("celery")
    for pid in workers[::2]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    call = raise_call()

    messages = until(lambda: message_of(officer, call), 90)
    assert len(messages) == 1
    officer.post(f"/notify/inbox/{messages[0]['id']}/answer", {"answer": "ack"})
    until(lambda: meter(officer, call)["coming"] == 1, 90)


def test_redis_is_emptied_in_the_middle_of_a_ring(product, who, raise_call):
    clerk, officer = who(CLERK), who(OFFICER)
    call = raise_call()
    with redis.Redis.from_url(valkey.url(product.data / "valkey")) as client:
        client.flushall()

    [message] = until(lambda: message_of(officer, call), 90)
    officer.post(f"/notify/inbox/{message['id']}/answer", {"answer": "ack"})

    until(lambda: meter(clerk, call)["coming"] == 1, 90)
    rung = [line for line in clerk.get(f"/patrol/responses/{call['id']}/log")["items"] if line["code"] == "rung"]
    assert len({line["facts"]["ring"] for line in rung}) == len(rung)
