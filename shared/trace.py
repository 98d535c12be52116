"""What came of one request, from the tap to the last message: python -m shared.trace <id>

The id is that of a request (X-Correlation-Id), of an event, or of a message. What is known, and from where: events are
kept, and so are messages and sendings; a delivery is a row until it is done, so a subscriber without one is done, and
when, only what it left behind tells: an event that it caused, a message; a request stands in the logs of its process.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from shared import db
from shared.config import config
from shared.log import mask
from shared.schemas.event import Event

EVENTS = text("SELECT * FROM bus.trace(:wanted)")
MESSAGES = text("SELECT * FROM notify.trace(:events, :most)")
EVENT_OF_MESSAGE = text("SELECT event_id FROM notify.messages WHERE id = :wanted")

#: Readers of one event who are shown.
MOST = 50
#: Lines of logs that are printed.
LINES = 200

EVENT = ("topic", "subject", "occurred_at", "recorded_at", "actor", "causation_id")
MESSAGE = ("person_id", "class", "created_at", "read_at", "answered_at")
SENDING = ("channel", "state", "attempts", "detail", "due_at", "sent_at", "digest_at")


def follow(db: Session, wanted: UUID) -> dict[str, Any] | None:
    """All that the caller's committee has under this id: events, their deliveries, messages and the ways they took."""
    rows = _rows(db, wanted)
    if not rows:
        return None
    events = list(_grouped(rows, "event_id", EVENT))
    told = _messages(db, [event["id"] for event in events])
    for event in events:
        event |= told.get(event["id"], {"people": 0, "messages": []})
        event["deliveries"] = [*_done(event, events), *map(_open, event.pop("rows"))]
    return {"correlation_id": rows[0]["correlation_id"], "events": events}


def state_of(delivery: RowMapping) -> str:
    """What a delivery that is not done waits for: its turn, another try, or a person."""
    if delivery["quarantined_at"]:
        return "quarantined"
    return "failing" if delivery["failures"] else "waiting"


def _rows(db: Session, wanted: UUID) -> list[RowMapping]:
    if rows := list(db.execute(EVENTS, {"wanted": wanted}).mappings()):
        return rows
    event_id = db.execute(EVENT_OF_MESSAGE, {"wanted": wanted}).scalar()
    return list(db.execute(EVENTS, {"wanted": event_id}).mappings()) if event_id else []


def _grouped(rows: list[RowMapping], key: str, facts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """One for each *key*, in the order of the rows, with its *facts*; under `rows` those that belong to it."""
    groups: dict[UUID, list[RowMapping]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    for found, same in groups.items():
        yield {"id": found, **{name: same[0][name] for name in facts}, "rows": same}


def _messages(db: Session, events: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """What notify made of each event: how many readers, and the first of their messages."""
    rows = list(db.execute(MESSAGES, {"events": events, "most": MOST}).mappings())
    return {
        event["id"]: {"people": event["people"], "messages": [_message(one) for one in _of_event(event["rows"])]}
        for event in _grouped(rows, "event_id", ("people",))
    }


def _of_event(rows: list[RowMapping]) -> Iterator[dict[str, Any]]:
    return _grouped(rows, "message_id", MESSAGE)


def _message(message: dict[str, Any]) -> dict[str, Any]:
    ways = [row for row in message.pop("rows") if row["sending_id"]]
    return message | {"sendings": [{"id": way["sending_id"], **{name: way[name] for name in SENDING}} for way in ways]}


def _open(delivery: RowMapping) -> dict[str, Any]:
    said = mask(None, "", {"words": delivery["last_error"]})["words"]
    facts = {name: delivery[name] for name in ("subscriber", "attempts", "failures", "due_at")}
    return {**facts, "state": state_of(delivery), "last_error": said, "at": delivery["quarantined_at"]}


def _done(event: dict[str, Any], events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The subscribers whose delivery is gone. Who they are the event's class says, as this version of us knows it."""
    event["rows"] = [row for row in event["rows"] if row["delivery_id"]]
    still = {row["subscriber"] for row in event["rows"]}
    for subscriber in subscribers().get(event["topic"], ()):
        if subscriber not in still:
            at = _first_sign(subscriber, event, events)
            none = {"attempts": None, "failures": None, "due_at": None, "last_error": None}
            yield {"subscriber": subscriber, "state": "done", "at": at, **none}


def _first_sign(subscriber: str, event: dict[str, Any], events: list[dict[str, Any]]) -> datetime | None:
    """When a subscriber acted at the latest, from the events that this one caused and from the messages."""
    caused = (e for e in events if e["causation_id"] == event["id"] and e["topic"].startswith(f"{subscriber}."))
    signs = [other["recorded_at"] for other in caused]
    signs += [message["created_at"] for message in event["messages"]] if subscriber == "notify" else []
    return min(signs, default=None)


@cache
def subscribers() -> dict[str, tuple[str, ...]]:
    """Who is told of each topic."""
    for publisher in ("events", "members", "notify", "patrol"):
        import_module(f"shared.schemas.{publisher}")
    kinds = [Event]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind.topic: kind.subscribers for kind in kinds if hasattr(kind, "topic")}


def logged(wanted: str, folder: Path) -> list[dict[str, Any]]:
    """What the logs of this machine say of an id, in order."""
    lines = []
    for file in sorted(folder.glob("*.log*")):
        with file.open("rb") as log:
            found = (_read(line) for line in log if wanted.encode() in line)
            lines += [{"log": file.name, **line} for line in found if line]
    return sorted(lines, key=lambda line: line.get("timestamp", ""))[:LINES]


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def in_words(found: dict[str, Any]) -> Iterator[str]:
    """A trace in words, a line each. People are ids: who may know their names sees them on the desk's page."""
    yield f"correlation id {found['correlation_id'] or '(none: the clock made this)'}"
    for event in found["events"]:
        yield f"\n{_at(event['recorded_at'])}  {event['topic']}  {event['id']}  by {event['actor']}"
        for one in event["deliveries"]:
            yield f"    {one['subscriber']:8} {_how(one)}"
        for message in event["messages"]:
            yield f"    message  {message['id']}  {message['class']}  to {message['person_id'] or 'a unit or a group'}"
            for way in message["sendings"]:
                when = way["sent_at"] or way["due_at"]
                said = f" ({way['detail']})" if way["detail"] else ""
                yield f"      {_at(when)}  {way['channel']:14} {way['state']}, tried {way['attempts']} times{said}"
        if event["people"] > len(event["messages"]):
            yield f"    … and {event['people'] - len(event['messages'])} more messages"


def _how(delivery: dict[str, Any]) -> str:
    if delivery["state"] == "done":
        return f"done, at the latest at {_at(delivery['at'])}" if delivery["at"] else "done"
    error = f": {delivery['last_error']}" if delivery["last_error"] else ""
    return f"{delivery['state']}, rung {delivery['attempts']} times, failed {delivery['failures']} times{error}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S%z}"


def main(given: str) -> int:
    found = _found(UUID(given))
    wanted = (found and found["correlation_id"]) or given
    lines = logged(wanted, Path(config().data_dir) / "logs")
    words = in_words(found) if found else ["No event has this id: what changed nothing may still stand in the logs."]
    where = f"\n{len(lines)} lines in {config().data_dir}/logs; with containers: docker compose logs | grep {wanted}"
    sys.stdout.write("\n".join([*words, where, *map(_line, lines)]) + "\n")
    return 0 if found or lines else 1


def _found(wanted: UUID) -> dict[str, Any] | None:
    """The trace, whichever committee it belongs to: whoever types this runs them all."""
    db.connect("notify")
    with db.transaction("notify") as tx:
        committees = tx.execute(text("SELECT id FROM bus.committees")).scalars().all()
    for committee_id in committees:
        with db.transaction("notify", committee_id) as tx:
            if found := follow(tx, wanted):
                return found
    return None


def _line(line: dict[str, Any]) -> str:
    known = ("log", "timestamp", "event", "level", "correlation_id", "exception", "process")
    facts = " ".join(f"{name}={value}" for name, value in line.items() if name not in known)
    return f"{line.get('timestamp', '')}  {line['log']}  {line.get('event', '')}  {facts}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
