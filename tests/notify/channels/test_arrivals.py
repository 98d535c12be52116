"""What reaches people, in the form that each provider wants."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.notify.channels import CHANNELS
from services.notify.channels.web_push import public_key
from tests.notify.channels.messages import a_message, an_address, name_of, send


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_a_message_is_delivered_once(channel, standin, gateway):
    address = an_address(standin, channel)

    outcome = send(channel, address, gateway)

    assert outcome.verdict == "delivered"
    assert len(standin.received(channel, name_of(channel, address))) == 1


def test_a_phone_reads_what_was_pushed(standin, gateway):
    phone, thread = standin.new_phone(), uuid4()
    message = a_message(
        thread=thread, urgency="critical", actions=[("我来 I will come", "https://committee.example/a/1")]
    )

    send("web_push", phone, gateway, message)

    (pushed,) = standin.received("web_push", name_of("web_push", phone))
    assert pushed.content["title"] == message.title
    assert pushed.content["body"] == message.body
    assert pushed.content["link"] == message.link
    assert pushed.content["tag"] == str(thread)
    assert pushed.content["actions"] == [{"label": "我来 I will come", "url": "https://committee.example/a/1"}]
    assert pushed.content["claims"]["sub"] == "mailto:duty@example.org"


def test_a_push_tells_the_push_service_how_urgent_it_is_and_what_it_replaces(standin, gateway):
    phone, thread = standin.new_phone(), UUID("01900000-0000-7000-8000-000000000001")

    send("web_push", phone, gateway, a_message(thread=thread, urgency="news", expires_in=600))

    (pushed,) = standin.received("web_push", name_of("web_push", phone))
    assert pushed.headers["urgency"] == "low"
    assert pushed.headers["ttl"] == "600"
    assert pushed.headers["topic"] == "AZAAAAAAcACAAAAAAAAAAQ"


def test_a_body_that_is_too_long_for_a_push_is_cut(standin, gateway):
    phone = standin.new_phone()

    outcome = send("web_push", phone, gateway, a_message(body="巡逻\n" * 2000))

    (pushed,) = standin.received("web_push", name_of("web_push", phone))
    assert outcome.verdict == "delivered"
    assert pushed.content["body"].startswith("巡逻\n巡逻")
    assert pushed.content["body"].endswith("…")


def test_a_key_in_pem_signs_like_the_same_key_in_base64(standin, gateway, vapid):
    pem = vapid.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with_pem = replace(gateway, vapid_private_key=pem)

    outcome = send("web_push", standin.new_phone(), with_pem)

    assert outcome.verdict == "delivered"
    assert public_key(with_pem) == public_key(gateway)


def test_an_email_holds_text_and_html_and_the_messages_id(standin, gateway):
    address, message = an_address(standin, "email"), a_message(title="通知\r\nBcc: all@unit.example", body="灯 <坏> 了")

    send("email", address, gateway, message)

    (mail,) = standin.received("email", address["email"])
    assert mail.content["subject"] == "通知 Bcc: all@unit.example"
    assert "灯 <坏> 了" in mail.content["text"]
    assert "灯 &lt;坏&gt; 了" in mail.content["html"]
    assert mail.headers["Message-ID"] == f"<{message.message_id}@example.org>"
    assert "Bcc" not in mail.headers


def test_an_sms_is_a_template_with_its_values(standin, gateway):
    address, message = an_address(standin, "sms"), a_message(sms_params={"code": "+ /*~&=中"})

    outcome = send("sms", address, gateway, message)

    (sms,) = standin.received("sms", address["phone"])
    assert sms.content["TemplateCode"] == "SMS_0001"
    assert sms.content["SignName"] == "三顺店社区"
    assert sms.content["TemplateParam"] == '{"code":"+ /*~&=中"}'
    assert sms.content["OutId"] == str(message.message_id)
    assert outcome.provider_id.startswith("biz-")


def test_a_webhook_carries_the_messages_id_on_every_attempt(standin, gateway):
    address, message = an_address(standin, "webhook"), a_message()

    send("webhook", address, gateway, message)
    send("webhook", address, gateway, message)

    ids = {hook.headers["webhook-id"] for hook in standin.received("webhook", name_of("webhook", address))}
    assert ids == {str(message.message_id)}


def test_wecom_drops_a_second_copy_but_not_another_message_with_the_same_words(standin, gateway):
    address, message = an_address(standin, "wecom"), a_message()

    for copy in (message, message, replace(message, message_id=uuid4())):
        send("wecom", address, gateway, copy)

    assert len(standin.received("wecom", address["user"])) == 2


def test_wecom_gets_a_new_token_when_the_old_one_is_refused(standin, gateway):
    address = an_address(standin, "wecom")
    send("wecom", address, gateway)
    standin.tokens.clear()

    outcome = send("wecom", address, gateway)

    assert outcome.verdict == "delivered"


def test_wecom_asks_for_a_token_once_for_many_messages(standin, gateway):
    standin.tokens.clear()

    for _ in range(3):
        send("wecom", an_address(standin, "wecom"), gateway)

    assert len(standin.tokens) == 1
