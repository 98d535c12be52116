"""The rules by which events become messages."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain.defaults import RULES
from services.notify.domain.wordings import SMS_CODES, TEMPLATES
from services.notify.models import Rule, Template

#: What goes where at once, and what only after so many seconds, unless it was read by then.
CHANNELS: dict[str, dict[str, int]] = {
    "critical": {"web_push": 0, "wecom": 0, "sms": 0, "email": 0},
    "duty": {"web_push": 0, "wecom": 0, "sms": 300},
    "service": {"web_push": 0, "wecom": 0, "email": 0},
    "news": {"web_push": 0, "wecom": 0, "email": 0},
}
#: Group chats hear of what cannot wait.
ROBOTS = {"critical": {"wecom_robot": 0, "dingtalk_robot": 0}, "duty": {"wecom_robot": 0, "dingtalk_robot": 0}}


def ensure_defaults(db: Session) -> None:
    """Give the committee the default rules and templates that it does not have yet."""
    db.execute(insert(Rule).values([{**rule, "version": 1} for rule in RULES]).on_conflict_do_nothing())
    words = [
        {
            "code": code,
            "language": language,
            "version": 1,
            "title": title,
            "body": body,
            "sms_code": SMS_CODES.get(code, ""),
            "created_by": "system",
        }
        for code, languages in TEMPLATES.items()
        for language, (title, body) in languages.items()
    ]
    db.execute(insert(Template).values(words).on_conflict_do_nothing())


def every_rule(db: Session) -> list[Rule]:
    """All rules; the defaults, when there are none yet."""
    rules = list(db.scalars(select(Rule).order_by(Rule.topic, Rule.code)))
    if rules:
        return rules
    ensure_defaults(db)
    return list(db.scalars(select(Rule).order_by(Rule.topic, Rule.code)))


def that_speak_of(db: Session, event: Any) -> list[Rule]:
    """The rules that are on and whose condition the event meets."""
    of_topic = db.scalars(select(Rule).where(Rule.topic == event.topic).order_by(Rule.code)).all()
    known = of_topic or [rule for rule in every_rule(db) if rule.topic == event.topic]  # at first there are none at all
    return [rule for rule in known if rule.on and meets(event, rule.condition)]


def meets(event: Any, condition: dict) -> bool:
    """Whether each fact is as the condition says: that value, or one of those."""
    fine = {name: want if isinstance(want, list) else [want] for name, want in condition.items()}
    return all(getattr(event, name, None) in wanted for name, wanted in fine.items())


def ways(rule: Rule) -> dict[str, int]:
    """The channels by which a rule's messages reach persons, each with its delay in seconds."""
    return _allowed(rule, CHANNELS[rule.urgency])


def robots(rule: Rule) -> dict[str, int]:
    """The same for group chats."""
    return _allowed(rule, ROBOTS.get(rule.urgency, {}))


def in_inbox(rule: Rule) -> bool:
    return rule.channels is None or "inbox" in rule.channels


def _allowed(rule: Rule, channels: dict[str, int]) -> dict[str, int]:
    return {name: delay for name, delay in channels.items() if rule.channels is None or name in rule.channels}


def switch(db: Session, rule: Rule, *, on: bool) -> Rule:
    """Switch a rule on or off. What it told already stays told."""
    rule.on = on
    db.flush()
    return rule
