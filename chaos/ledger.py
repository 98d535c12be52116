"""The ledger: what was accepted, what is in Postgres, what came to the gateways, and whether it is the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple
from uuid import UUID

import psycopg

from bench.measure import percentile
from chaos.faults import Struck
from chaos.gateway import Arrival
from chaos.load import Accepted, Load
from chaos.stage import Stage

ROWS = {
    "check_in": "SELECT id::text FROM patrol.check_ins WHERE id = ANY (%s::uuid[])",
    "trouble": "SELECT id::text FROM patrol.troubles WHERE id = ANY (%s::uuid[])",
    "activity": "SELECT title FROM events.activities WHERE title = ANY (%s)",
}
#: The events that must have come of trouble and of activities, once each, by what the client calls them.
EVENTS = """
    SELECT e.id, coalesce(a.title, e.subject::text) FROM bus.events e LEFT JOIN events.activities a ON a.id = e.subject
    WHERE e.topic IN ('patrol.trouble_reported.v1', 'patrol.trouble_reported.v2', 'events.activity_submitted.v1')
      AND (e.subject = ANY (%(troubles)s::uuid[]) OR a.title = ANY (%(titles)s))
"""
MESSAGES = "SELECT event_id, id::text, person_id FROM notify.messages WHERE event_id = ANY (%s)"
SENDINGS = """
    SELECT s.message_id::text, s.channel, s.state, s.priority = 0 FROM notify.sendings s WHERE s.event_id = ANY (%s)
"""
QUARANTINED = "SELECT count(*) FROM bus.deliveries WHERE quarantined_at IS NOT NULL"
#: The squads of a storm check in all the time: nobody may be asked to look after them.
FALSE_ALARMS = """
    SELECT count(*) FROM bus.events
    WHERE topic = 'patrol.squad_went_silent.v1' AND payload ->> 'squad' LIKE '测速队%'
"""
STUCK = "SELECT count(*) FROM bus.deliveries WHERE event_id IS NOT NULL AND quarantined_at IS NULL"
NONE = {
    "deliveries are stuck": STUCK,
    "deliveries are in quarantine": QUARANTINED,
    "alarms say that a squad is silent": FALSE_ALARMS,
}


class Recovery(NamedTuple):
    """Seconds until a request was accepted again, and until a message arrived again."""

    request: float
    message: float


@dataclass
class Balance:
    """What a storm left behind. Nothing may be lost or doubled; *faults* says in words what is."""

    events: int
    struck: list[Struck]
    lost: int
    doubled: int
    unknown: int  # SMS of which nobody knows whether they went out: shown to a person, never sent twice
    repeats: dict[str, int]
    messages: int
    recoveries: dict[str, Recovery]
    delays: list[float]
    faults: list[str] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.delays)

    @property
    def p99(self) -> float:
        return percentile(self.delays, 0.99)


def balance(stage: Stage, load: Load, struck: list[Struck]) -> Balance:
    with stage.product.postgres() as owner:
        book = _Book(owner, load.accepted, stage.gateway.arrivals())
    wrong = [*load.refused, *book.lost, *book.doubled, *book.wrong]
    return Balance(
        events=sum(len(one.wish.ids) for one in load.accepted),
        struck=struck,
        lost=len(book.lost) + len(load.refused),
        doubled=len(book.doubled),
        unknown=book.unknown,
        repeats=book.repeats,
        messages=book.arrived,
        recoveries=_recoveries(struck, load.accepted, book.delivered),
        delays=[at - one.at for one, at in book.delivered],
        faults=wrong[:20],
    )


class _Book:
    """Everything side by side."""

    def __init__(self, owner: psycopg.Connection, accepted: Sequence[Accepted], arrivals: Sequence[Arrival]) -> None:
        self.owner = owner
        self.lost: list[str] = []
        self.doubled: list[str] = []
        self.wrong: list[str] = []
        for kind in ROWS:
            self._compare_rows(kind, [id for one in accepted if one.wish.kind == kind for id in one.wish.ids])
        self._compare_messages([one for one in accepted if one.wish.kind != "check_in"], arrivals)
        for what, query in NONE.items():
            self._none(what, query)

    def _compare_rows(self, kind: str, ids: list[str]) -> None:
        found = Counter(row[0] for row in self.owner.execute(ROWS[kind], [ids]))
        self.lost += [f"{kind} {id} was accepted and is not there" for id in ids if not found[id]]
        self.doubled += [f"{kind} {id} is there {found[id]} times" for id in ids if found[id] > 1]

    def _compare_messages(self, accepted: Sequence[Accepted], arrivals: Iterable[Arrival]) -> None:
        names = {one.wish.ids[0]: one for one in accepted}
        facts = {kind: [one.wish.ids[0] for one in accepted if one.wish.kind == kind] for kind in ROWS}
        events = self.owner.execute(EVENTS, {"troubles": facts["trouble"], "titles": facts["activity"]}).fetchall()
        published = Counter(name for _, name in events)
        self.lost += [f"no event tells of {name}" for name in names if not published[name]]
        self.doubled += [f"{count} events tell of {name}" for name, count in published.items() if count > 1]
        of_event: dict[UUID, str] = dict(events)
        messages = self.owner.execute(MESSAGES, [list(of_event)]).fetchall()
        told = {event for event, _, _ in messages}
        self.lost += [f"nobody was told of {name}" for event, name in of_event.items() if event not in told]
        twice = Counter((event, person) for event, _, person in messages)
        self.doubled += [f"{event}: {n} messages to {person}" for (event, person), n in twice.items() if n > 1]
        self._compare_arrivals(list(of_event), {id for _, id, _ in messages}, arrivals)
        first = self._first_arrivals({id: event for event, id, _ in messages}, arrivals)
        self.delivered = [(names[of_event[event]], at) for event, at in first.items()]

    def _compare_arrivals(self, events: list, messages: set[str], arrivals: Iterable[Arrival]) -> None:
        """Whatever was to go out did arrive, under its own key; an SMS that is no alarm at most once."""
        came = Counter((one.key, one.channel) for one in arrivals if one.key in messages)
        sendings = self.owner.execute(SENDINGS, [events]).fetchall()
        alarms = {message for message, _, _, critical in sendings if critical}
        self.unknown = sum(1 for _, channel, state, _ in sendings if state == "unknown" and channel == "sms")
        for message, channel, state, _ in sendings:
            if state == "sent" and not came[message, channel]:
                self.lost.append(f"{channel} {message} counts as sent and never came")
            elif state not in ("sent", "delivered", "acknowledged", "cancelled") and not (
                state == "unknown" and channel == "sms"
            ):
                self.lost.append(f"{channel} {message} is {state}")
        self.arrived = sum(came.values())
        self.repeats = dict.fromkeys(("web_push", "sms", "email"), 0)
        for (message, channel), times in came.items():
            self.repeats[channel] += times - 1
            if times > 1 and channel == "sms" and message not in alarms:
                self.doubled.append(f"SMS {message} went out {times} times")

    def _first_arrivals(self, event_of: dict[str, UUID], arrivals: Iterable[Arrival]) -> dict[UUID, float]:
        first: dict[UUID, float] = {}
        for one in arrivals:
            if event := event_of.get(one.key):
                first[event] = min(one.at, first.get(event, one.at))
        return first

    def _none(self, what: str, query: str) -> None:
        row = self.owner.execute(query).fetchone()
        if row and row[0]:
            self.wrong.append(f"{row[0]} {what}")


def _recoveries(
    struck: list[Struck], accepted: Sequence[Accepted], delivered: Sequence[tuple[Accepted, float]]
) -> dict[str, Recovery]:
    """Of each kind of fault the slowest way back: from when it came, or was taken back, until a request that came after
    it was accepted, and until a message of such a request arrived."""
    slowest: dict[str, Recovery] = {}
    for one in struck:
        requests = [done.at - one.over for done in accepted if done.asked > one.over]
        messages = [at - one.over for done, at in delivered if done.asked > one.over]
        if requests and messages:  # else it came after the last of them
            before = slowest.get(one.fault, Recovery(0.0, 0.0))
            slowest[one.fault] = Recovery(max(before.request, min(requests)), max(before.message, min(messages)))
    return slowest
