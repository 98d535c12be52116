"""The words for each rule: kept in versions, the last one counts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.notify.domain import catalogue
from services.notify.domain.rendering import facts_of, names, render
from services.notify.models import Rule, Template
from shared.errors import Invalid, NotFound


def current(db: Session, code: str | None = None) -> list[Template]:
    """The templates in use, of each code and language."""
    latest = (
        select(Template)
        .ext(distinct_on(Template.code, Template.language))
        .order_by(Template.code, Template.language, Template.version.desc())
    )
    return list(db.scalars(latest.where(Template.code == code) if code else latest))


def in_use(db: Session, code: str, language: str) -> Template:
    """The one in use for this code and language."""
    found = [template for template in current(db, code) if template.language == language]
    if not found:
        raise NotFound
    return found[0]


def renew(
    db: Session, template: Template, *, title: str, body: str, sms_code: str | None = None, by: str = "system"
) -> Template:
    """Put a new version in the place of *template*; what was told in the old words stays as it was."""
    check(db, template.code, title=title, body=body)
    newer = Template(
        code=template.code,
        language=template.language,
        version=template.version + 1,
        title=title,
        body=body,
        sms_code=template.sms_code if sms_code is None else sms_code,
        created_by=by,
    )
    db.add(newer)
    db.flush()
    return newer


def check(db: Session, code: str, **texts: str) -> None:
    """Refuse words that ask for facts which the events told with them do not have."""
    topics = db.scalars(select(Rule.topic).where(Rule.template == code)).all()
    known = [facts_of(catalogue.sample(topic), "zh").keys() for topic in topics]
    errors: dict[str, list] = {}
    for field, text in texts.items():
        unknown = {name for name in names(text) if not all(name in facts for facts in known)}
        if unknown:
            errors[field] = [{"code": "unknown", "values": sorted(unknown)}]
    if errors:
        raise Invalid(errors=errors)


def preview(db: Session, code: str, *, language: str, title: str, body: str) -> dict[str, Any]:
    """What readers would see, with invented facts, and how long it is."""
    check(db, code, title=title, body=body)
    topic = db.scalars(select(Rule.topic).where(Rule.template == code).limit(1)).first()
    if topic is None:
        raise NotFound
    shown_title, shown_body = render(title, body, facts_of(catalogue.sample(topic), language))
    return {"title": shown_title, "body": shown_body, "length": len(shown_title) + len(shown_body)}
