"""A message to each reader: one statement for all of them, or for the next few hundred of very many.

It is plain SQL, unlike its neighbours, because alarms wait for it: bench/README.md, from a commit to an open inbox.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from services.notify.domain import audiences, queueing, rules, templates
from services.notify.domain.rendering import facts_of, fill, render
from services.notify.domain.rules import Words
from services.notify.models import Rule, Template
from shared.db import now, plain
from shared.outbox import publish
from shared.schemas.notify import AlarmBegun, AlarmWritten, MessagesBegun, MessagesWritten

#: So many people are written to in one transaction; the others follow in the next ones, each a delivery of its own:
#: the first are reached while the last are written to, and nothing urgent waits for more than these.
AT_ONCE = 500

#: Before the first person.
NOBODY = UUID(int=0)

WRITE_TEXTS = """
    INSERT INTO notify.texts (event_id, rule_id, topic, class, language, title, body, link, sms_code, created_at)
    SELECT %(event_id)s, %(rule_id)s, %(topic)s, %(class)s, language, title, body, link, sms_code, %(now)s
    FROM jsonb_populate_recordset(NULL::notify.texts, %(texts)s::jsonb)
    ON CONFLICT DO NOTHING
"""
#: A message's id is the same whenever and however often it is written. Servers of units and group chats are told with
#: the first people. Who has one from an earlier ring is rung again, unless they have answered.
WRITE = f"""
    WITH texts AS ({WRITE_TEXTS}), people AS (
        SELECT * FROM ({{readers}}) AS found WHERE person_id > %(after)s ORDER BY person_id LIMIT {AT_ONCE}
    ), others AS (
        SELECT id, NULL::uuid AS unit_id, id AS group_id, role FROM notify.addresses
        WHERE role = ANY (%(roles)s) AND channel = ANY (%(robots)s) AND dead_at IS NULL
        UNION ALL
        SELECT id, unit_id, NULL, 'unit_webhook' FROM notify.addresses
        WHERE unit_id = ANY (%(units)s) AND channel = 'webhook' AND dead_at IS NULL
            AND unit_id NOT IN (SELECT unit_id FROM notify.units WHERE NOT active)
    ), readers AS (
        SELECT person_id AS reader, language, person_id, NULL::uuid AS unit_id, NULL::uuid AS group_id, role,
            %(inbox)s::boolean AS inbox FROM people
        UNION ALL
        SELECT id, 'zh', NULL, unit_id, group_id, role, false FROM others
    ), written AS (
        INSERT INTO notify.messages AS old (id, event_id, rule_id, language, topic, thread, person_id, unit_id,
            group_id, class, role, inbox, needs_answer, ring, created_at)
        SELECT notify.id_of(%(event_id)s, %(rule_id)s::text, reader::text), %(event_id)s, %(rule_id)s, language,
            %(topic)s, %(thread)s, person_id, unit_id, group_id, %(class)s, role, inbox, %(needs_answer)s, %(ring)s,
            %(now)s
        FROM readers
        ON CONFLICT (id) DO UPDATE SET ring = excluded.ring
            WHERE old.ring < excluded.ring AND old.answer IS NULL AND old.cancelled_at IS NULL
        RETURNING id, event_id, person_id, unit_id, group_id, class, role, ring
    ), queued AS ({queueing.QUEUE})
    SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM people),
        (SELECT person_id FROM people ORDER BY person_id DESC LIMIT 1)
"""
WRITE_ONE = """
    INSERT INTO notify.messages (id, event_id, rule_id, language, topic, thread, person_id, class, role, inbox,
        needs_answer, ring, created_at)
    SELECT notify.id_of(%(event_id)s, %(rule_id)s::text, person_id::text), %(event_id)s, %(rule_id)s,
        CASE WHEN language = 'en' THEN 'en' ELSE 'zh' END, %(topic)s, %(thread)s, person_id, %(class)s, 'person_id',
        %(inbox)s, %(needs_answer)s, 0, %(now)s
    FROM (SELECT %(person_id)s::uuid AS person_id) AS reader
    LEFT JOIN notify.people USING (person_id)
    ON CONFLICT (id) DO NOTHING
"""


@dataclass(frozen=True)
class Told:
    """What a rule makes of an event: what its messages have in common. *at*: of the event, when it is known.

    *useless_after*: when nobody need be told any more, if the event says so. *at_hand*: when what it is about begins.
    """

    event_id: UUID
    topic: str
    rule: Rule
    thread: UUID
    at: datetime | None = None
    useless_after: datetime | None = None
    at_hand: datetime | None = None

    def facts(self) -> dict[str, Any]:
        """The same for the statements."""
        return {
            "event_id": self.event_id,
            "rule_id": self.rule.id,
            "topic": self.topic,
            "class": self.rule.urgency,
            "thread": self.thread,
            "needs_answer": self.rule.needs_answer,
            "now": now(),
        }


def texts_of(told: Told, event: Any, template: Iterable[Words | Template]) -> list[dict[str, Any]]:
    """The event in the words of the rule's template, in each language that it has."""
    return [_text_of(told.rule, event, words) for words in template]


def write_texts(db: Session, told: Told, event: Any) -> None:
    """Write them before any message is written."""
    texts = texts_of(told, event, templates.current(db, told.rule.template))
    plain(db, WRITE_TEXTS, texts=orjson.dumps(texts).decode(), **told.facts())


def write(
    db: Session,
    told: Told,
    parts: list[audiences.Part],
    ring: int = 0,
    *,
    texts: Sequence[dict[str, Any]] = (),
    after: UUID = NOBODY,
) -> int:
    """A message to each reader in these parts, queued for each of their channels; return how many.

    *texts*: those of the event, when they are not written yet. Of very many people these are the first *after* that
    one, in the order of their ids; the rest is left to another delivery.
    """
    statement, constants = _statement(audiences.shape(parts))
    first = after == NOBODY
    facts = (
        constants
        | audiences.facts(parts)
        | told.facts()
        | queueing.facts_of(told.rule, told.useless_after, told.at_hand)
        | {
            "texts": orjson.dumps(texts).decode(),
            "after": after,
            "ring": ring,
            "inbox": rules.in_inbox(told.rule),
            "roles": audiences.roles(parts) if first else [],
            "robots": list(rules.robots(told.rule)),
            "units": audiences.webhooks(parts) if first else [],
        }
    )
    [(written, readers, last)] = plain(db, statement, **facts)
    if readers == AT_ONCE:
        _leave_the_rest(db, told, parts, ring, last)
    return written


@lru_cache(256)
def _statement(shape: bytes) -> tuple[str, dict[str, Any]]:
    query, constants = audiences.compiled(shape)
    return " ".join(WRITE.format(readers=query).split()), constants


def _text_of(rule: Rule, event: Any, words: Words | Template) -> dict[str, Any]:
    facts = facts_of(event, words.language)
    title, body = render(words.title, words.body, facts)
    link = fill(rule.link, facts) if rule.link else None
    return {"language": words.language, "title": title, "body": body, "link": link, "sms_code": words.sms_code}


def _leave_the_rest(db: Session, told: Told, parts: list[audiences.Part], ring: int, last: UUID) -> None:
    facts: dict[str, Any] = {"about": told.event_id, "of_topic": told.topic, "thread": told.thread}
    begun = AlarmBegun if told.rule.urgency == "critical" else MessagesBegun
    publish(
        db,
        begun,
        occurred_at=told.at,
        **facts,
        rule_id=told.rule.id,
        parts=parts,
        ring=ring,
        after=last,
        at_hand=told.at_hand,
    )


def write_one(db: Session, told: Told, person_id: UUID, *, inbox: bool) -> UUID:
    """One person's message, queued for nothing yet; return its id."""
    plain(db, WRITE_ONE, person_id=person_id, inbox=inbox, **told.facts())
    found = "SELECT notify.id_of(%(event_id)s, %(rule_id)s::text, %(person_id)s::text)"
    [(message_id,)] = plain(db, found, event_id=told.event_id, rule_id=told.rule.id, person_id=person_id)
    return message_id


def ring_the_bell(db: Session, *, urgent: bool) -> None:
    """Let what waits be sent as soon as this is committed."""
    publish(db, AlarmWritten if urgent else MessagesWritten)
