"""What is asked by SMS: how to answer it, by which code a reply finds it, and what was asked of a number.

The code is at the end of the number to which people reply, if the provider lets us choose it (SMS_UP_CODES).
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from services.notify.domain.answer_words import answers_to
from services.notify.domain.sms_words import DIGITS
from services.notify.models import Message, SmsQuestion
from shared.config import config
from shared.crypto import blind
from shared.db import now

#: Codes have four digits: of the last nine thousand questions to a number each has another.
FIRST, CODES = 1000, 9000
#: A reply is about one of the last questions.
MOST = 20
#: Two who ask the same number at once must not use the same code.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('notify.sms_questions', 5))")

#: As long as a parameter of a provider's template may be.
LONGEST = 35
HOW = {"zh": ("回", "：", "；"), "en": ("Reply", " ", ", ")}
#: Where the whole words are too long for an SMS.
SHORT = {
    "zh": {"ack": "可以", "decline": "不行", "later": "10 分钟后到", "call_me": "请打电话"},
    "en": {"ack": "yes", "decline": "no", "later": "in 10 minutes", "call_me": "call me"},
}


def how_to_answer(topic: str, language: str) -> str:
    """The line that tells it: 回 1：我去；2：去不了."""
    offered = answers_to(topic)
    begin, means, between = HOW[language]
    for words in ({answer: label[language] for answer, label in offered.items()}, SHORT[language]):
        keys = [f"{digit}{means}{words[answer]}" for answer, digit in DIGITS.items() if answer in offered]
        if len(line := f"{begin} {between.join(keys)}") <= LONGEST:
            return line
    return ""


def ask(db: Session, rows: Iterable[Any]) -> dict[UUID, str]:
    """Remember the questions among these SMS: the code of each. Sent again, a question keeps its code."""
    asking = sorted((row for row in rows if _asks(row)), key=lambda row: row.sending_id)
    if not asking or not config().sms_up_token:
        return {}
    db.execute(ONE_AT_A_TIME)
    new = insert(SmsQuestion).values(_with_codes(db, asking))
    kept = new.on_conflict_do_update(index_elements=["id"], set_={"message_id": new.excluded.message_id})
    return {row.id: row.code for row in db.execute(kept.returning(SmsQuestion.id, SmsQuestion.code))}


def of_number(db: Session, phone: str, dest_code: str) -> list[tuple[SmsQuestion, Message]]:
    """What was asked of this number, the newest first; if the reply says which one, only that."""
    mine = (
        select(SmsQuestion, Message)
        .join(Message, Message.id == SmsQuestion.message_id)
        .where(SmsQuestion.phone_blind == blind(phone))
        .order_by(SmsQuestion.asked_at.desc(), SmsQuestion.id.desc())
        .limit(MOST)
    )
    asked = [(row[0], row[1]) for row in db.execute(mine)]
    meant = [pair for pair in asked if config().sms_up_codes and dest_code.endswith(pair[0].code)]
    return meant[:1] or asked


def _asks(row: Any) -> bool:
    return bool(row.needs_answer and row.person_id and row.phone and not row.sealed)


def _with_codes(db: Session, asking: list[Any]) -> list[dict[str, Any]]:
    """They are in the order of their ids, so that of two at the same moment the later id has the later code."""
    blinds = {row.sending_id: blind(row.phone) for row in asking}
    codes, facts = _last_codes(db, set(blinds.values())), []
    for row in asking:
        who = blinds[row.sending_id]
        codes[who] = _next(codes.get(who, FIRST + int.from_bytes(who[:2]) % CODES))
        fact = {"id": row.sending_id, "message_id": row.id, "phone_blind": who, "code": str(codes[who])}
        facts.append({**fact, "asked_at": now(), "said": []})
    return facts


def _last_codes(db: Session, blinds: set[bytes]) -> dict[bytes, int]:
    newest = (
        select(SmsQuestion.phone_blind, SmsQuestion.code)
        .where(SmsQuestion.phone_blind.in_(blinds))
        .ext(distinct_on(SmsQuestion.phone_blind))
        .order_by(SmsQuestion.phone_blind, SmsQuestion.asked_at.desc(), SmsQuestion.id.desc())
    )
    return {row.phone_blind: int(row.code) for row in db.execute(newest)}


def _next(code: int) -> int:
    return FIRST + (code - FIRST + 1) % CODES
