"""The rules by which events become messages."""

from typing import Any, NamedTuple

from sqlalchemy import inspect, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain.defaults import RULES, SMS_CODES, TEMPLATES
from services.notify.models import Rule, Template
from shared.config import config
from shared.db import plain

#: What goes where at once, and what only after so many seconds, unless it was read by then.
CHANNELS: dict[str, dict[str, int]] = {
    "critical": {"web_push": 0, "wecom": 0, "sms": 0, "email": 0},
    "duty": {"web_push": 0, "wecom": 0, "sms": 300},
    "service": {"web_push": 0, "wecom": 0, "email": 0},
    "news": {"web_push": 0, "wecom": 0, "email": 0},
}
#: Group chats hear of what cannot wait.
ROBOTS = {"critical": {"wecom_robot": 0, "dingtalk_robot": 0}, "duty": {"wecom_robot": 0, "dingtalk_robot": 0}}


#: One statement in plain SQL, because alarms wait for it. It also lets Postgres keep the plans of the statements that
#: follow in the transaction: to plan that of messages.py anew for each event would cost five times what it does.
COLUMNS = [attribute.key for attribute in inspect(Rule).column_attrs]
OF_TOPIC = f"""
    SELECT {", ".join(f'r."{attribute.columns[0].name}"' for attribute in inspect(Rule).column_attrs)},
        (SELECT jsonb_agg(jsonb_build_array(language, title, body, sms_code)) FROM (
            SELECT DISTINCT ON (language) language, title, body, sms_code FROM notify.templates
            WHERE code = r.template ORDER BY language, version DESC) AS latest)
    FROM notify.rules r, set_config('plan_cache_mode', 'force_generic_plan', true)
    WHERE r.topic = %(topic)s ORDER BY r.code
"""


#: A question goes by SMS too, after so many seconds, to those who have no other way: they reply to it.
ASKED_BY_SMS = 900


class Words(NamedTuple):
    """A template in one language."""

    language: str
    title: str
    body: str
    sms_code: str


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
    return [rule for rule, _ in with_words(db, event)]


def with_words(db: Session, event: Any) -> list[tuple[Rule, list[Words]]]:
    """The same, each with the words of its template in each language. The session knows nothing of these rules."""
    rows = plain(db, OF_TOPIC, topic=event.topic)
    if not rows and every_rule(db):  # at first there are none at all
        rows = plain(db, OF_TOPIC, topic=event.topic)
    found = [(Rule(**dict(zip(COLUMNS, row, strict=False))), [Words(*each) for each in row[-1] or ()]) for row in rows]
    return [(rule, words) for rule, words in found if rule.on and meets(event, rule.condition)]


def meets(event: Any, condition: dict) -> bool:
    """Whether each fact is as the condition says: that value, or one of those."""
    fine = {name: want if isinstance(want, list) else [want] for name, want in condition.items()}
    return all(getattr(event, name, None) in wanted for name, wanted in fine.items())


def ways(rule: Rule) -> dict[str, int]:
    """The channels by which a rule's messages reach persons, each with its delay in seconds."""
    return _allowed(rule, CHANNELS[rule.urgency] | ({"sms": ASKED_BY_SMS} if asks_by_sms_alone(rule) else {}))


def asks_by_sms_alone(rule: Rule) -> bool:
    """Whether its SMS are for those only who have no other way: of its class nothing goes by SMS, but it asks."""
    return rule.needs_answer and "sms" not in CHANNELS[rule.urgency] and bool(config().sms_up_token)


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
