"""From an event through the rules to messages."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notify.domain import audiences, ladders, rules, threads
from services.notify.domain.messages import Told, ring_the_bell, texts_of, write
from services.notify.models import Rule
from shared.db import find


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
    told = Told(event.about, event.of_topic, rule, event.thread, event.occurred_at)
    if write(db, told, event.parts, event.ring, after=event.after):
        ring_the_bell(db, urgent=rule.urgency == "critical")


def _tell_by(db: Session, event: Any, rule: Rule, words: list[rules.Words]) -> bool:
    until = getattr(event, "useless_after", None)
    told = Told(event.event_id, event.topic, rule, thread_of(rule, event), event.occurred_at, until)
    if rule.needs_answer and threads.is_over(db, told.thread, event.occurred_at):
        return False
    written = write(db, told, audiences.resolve(rule.audience, event), texts=texts_of(told, event, words))
    if rings := audiences.rings(rule.audience, event):
        ladders.begin(db, told, rings)
    return bool(written or rings)


def thread_of(rule: Rule, event: Any) -> UUID:
    """What the rule's messages are about."""
    return getattr(event, rule.thread) if rule.thread else event.event_id
