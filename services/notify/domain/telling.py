"""From an event through the rules to messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notify.domain import audiences, ladders, rules, threads
from services.notify.domain.messages import Told, ring_the_bell, texts_of, write
from services.notify.models import Rule
from shared.db import find, now

#: The facts of events by which it may be too late to hear of them.
AT_HAND = ("starts_at", "answer_by", "due_at")
#: What says that something is at another time now, by its topic or by what changed.
MOVES, TIMES = {"events.activity_postponed.v1"}, {"starts_at", "starts_on", "start_time", "days", "rule"}


def tell(db: Session, event: Any) -> None:
    """Write a message to everybody whom the rules name, and ring for those that send."""
    spoken = [rule for rule, words in rules.with_words(db, event) if _tell_by(db, event, rule, words)]
    if spoken:
        ring_the_bell(db, urgent=any(rule.urgency == "critical" for rule in spoken))


def tell_the_next(db: Session, event: Any) -> None:
    """Go on writing to a large audience where the delivery before this one ended."""
    rule = find(db, Rule, event.rule_id)
    if rule.needs_answer and threads.is_over(db, event.thread, event.occurred_at):
        return
    told = Told(event.about, event.of_topic, rule, event.thread, event.occurred_at, at_hand=event.at_hand)
    if write(db, told, event.parts, event.ring, after=event.after):
        ring_the_bell(db, urgent=rule.urgency == "critical")


def _tell_by(db: Session, event: Any, rule: Rule, words: list[rules.Words]) -> bool:
    until = getattr(event, "useless_after", None)
    told = Told(event.event_id, event.topic, rule, thread_of(rule, event), event.occurred_at, until, at_hand(event))
    if rule.needs_answer and threads.is_over(db, told.thread, event.occurred_at):
        return False
    written = write(db, told, audiences.resolve(rule.audience, event), texts=texts_of(told, event, words))
    if rings := audiences.rings(rule.audience, event):
        ladders.begin(db, told, rings)
    return bool(written or rings)


def at_hand(event: Any) -> datetime | None:
    """The first moment to come that an event speaks of: when the activity begins, until when an answer is wanted.

    If something is at another time than it was: now. Nobody tells us the old time, and it may be today.
    """
    if _moves(event):
        return now()
    moments = [getattr(event, name, None) for name in AT_HAND]
    return min((moment for moment in moments if moment and moment > now()), default=None)


def _moves(event: Any) -> bool:
    moved = event.topic in MOVES or getattr(event, "decision", None) == "moved"
    return moved or not TIMES.isdisjoint(getattr(event, "changed", ()))


def thread_of(rule: Rule, event: Any) -> UUID:
    """What the rule's messages are about."""
    return getattr(event, rule.thread) if rule.thread else event.event_id
