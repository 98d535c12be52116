"""Codes to sign in with."""

from datetime import timedelta

from sqlalchemy import select, text

from services.notify.models import Sending
from shared.db import now
from shared.schemas import members


def test_a_sign_in_code_goes_to_the_phone_and_stays_nowhere(db, person, happen, settle, standin, notify, token):
    reader = person()
    facts = {"person_id": reader.person_id, "phone": "8610000000014", "code": "428913"}
    happen(members.SignInCodeMade, **facts, expires_at=now() + timedelta(minutes=5))
    settle()

    [sms] = standin.received("sms", "8610000000014")
    assert sms.content["TemplateParam"] == '{"code":"428913"}'
    assert notify.get("/inbox", headers=token(reader.person_id)).json["items"] == []
    assert db.execute(text("SELECT sealed FROM notify.sendings")).scalars().all() == [None]
    assert "428913" not in str(db.execute(text("SELECT t::text FROM notify.texts t")).all())


def test_a_sign_in_code_that_is_too_old_is_not_sent(db, person, happen, settle, standin):
    reader = person()
    standin.behave("sms", "8610000000015", 200, errcode="isp.SYSTEM_ERROR", times=1)
    facts = {"person_id": reader.person_id, "phone": "8610000000015", "code": "428913"}
    happen(members.SignInCodeMade, **facts, expires_at=now())
    settle()

    [sending] = db.scalars(select(Sending)).all()
    assert (sending.state, sending.sealed) == ("gave_up", None)
