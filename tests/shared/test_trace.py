"""The words of a trace, and what the logs add to it. Traces of real taps: tests/notify/test_traces.py."""

import json
from datetime import UTC, datetime
from importlib import import_module
from uuid import UUID

import pytest

from shared import bus, catalogue, trace

ID = "01a21454-10f1-7424-937e-6bdae45309a8"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize("service", bus.SERVICES)
def test_of_every_event_it_is_known_who_is_told(service):
    for event in catalogue.published_by(import_module(f"shared.schemas.{service}")):
        assert trace.subscribers()[event.topic] == event.subscribers


def test_logs_are_searched_in_order_and_broken_lines_left_out(tmp_path):
    def line(second: int, **facts) -> str:
        return json.dumps({"timestamp": f"2026-11-25T12:00:0{second}Z", "correlation_id": ID, **facts})

    (tmp_path / "worker.log").write_text("\n".join([line(2, event="consumer failed"), f"Traceback {ID}", "no line"]))
    (tmp_path / "gateway.log").write_text(line(1, event="answered") + "\n" + json.dumps({"event": "of another"}))
    (tmp_path / "gateway.log.1").write_text(line(0, event="older"))

    found = trace.logged(ID, tmp_path)

    assert [(one["log"], one["event"]) for one in found] == [
        ("gateway.log.1", "older"),
        ("gateway.log", "answered"),
        ("worker.log", "consumer failed"),
    ]
    assert trace.logged(ID, tmp_path / "nowhere") == []


def test_a_trace_reads_from_the_tap_to_the_last_message():
    way = {"channel": "sms", "state": "failed", "attempts": 2, "detail": "HTTP 503", "due_at": NOON, "sent_at": None}
    message = {"id": UUID(int=2), "person_id": UUID(int=3), "class": "duty", "sendings": [way]}
    deliveries = [
        {"subscriber": "notify", "state": "done", "at": NOON},
        {"subscriber": "patrol", "state": "quarantined", "attempts": 8, "failures": 8, "last_error": "KeyError: 'x'"},
    ]
    event = {"id": UUID(int=1), "topic": "events.x.v1", "actor": "nobody", "recorded_at": NOON, "people": 7}
    found = {"correlation_id": ID, "events": [event | {"deliveries": deliveries, "messages": [message]}]}

    said = [line.strip() for line in trace.in_words(found)]

    assert said == [
        f"correlation id {ID}",
        f"2026-11-25 12:00:00+0000  events.x.v1  {UUID(int=1)}  by nobody",
        "notify   done, at the latest at 2026-11-25 12:00:00+0000",
        "patrol   quarantined, rung 8 times, failed 8 times: KeyError: 'x'",
        f"message  {UUID(int=2)}  duty  to {UUID(int=3)}",
        "2026-11-25 12:00:00+0000  sms            failed, tried 2 times (HTTP 503)",
        "… and 6 more messages",
    ]
