"""What a provider says when it does not deliver, and what we make of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.notify.channels.messages import OVER_HTTP, an_address, name_of, send


@pytest.mark.parametrize("channel", OVER_HTTP)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_provider_in_trouble_is_asked_later(channel, status, standin, gateway):
    address = an_address(standin, channel)
    standin.behave(channel, name_of(channel, address), status=status, retry_after=7, times=1)

    outcome = send(channel, address, gateway)

    assert (outcome.verdict, outcome.retry_after) == ("later", 7.0)
    assert send(channel, address, gateway).verdict == "delivered"


def test_retry_after_may_be_a_date(standin, gateway):
    phone = standin.new_phone()
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    standin.behave("web_push", name_of("web_push", phone), status=429, retry_after=date)

    outcome = send("web_push", phone, gateway)

    assert outcome.verdict == "later"
    assert 500 < outcome.retry_after <= 600


@pytest.mark.parametrize("nonsense", ["soon", "-5", "٣", "Tue, 99 Nov 2026 08:00:00 GMT"])
def test_a_retry_after_that_cannot_be_read_counts_as_none(nonsense, standin, gateway):
    phone = standin.new_phone()
    standin.behave("web_push", name_of("web_push", phone), status=503, retry_after=nonsense.encode().decode("latin-1"))

    outcome = send("web_push", phone, gateway)

    assert (outcome.verdict, outcome.retry_after) == ("later", None)


@pytest.mark.parametrize(("channel", "status"), [("web_push", 404), ("web_push", 410), ("webhook", 410)])
def test_an_address_that_is_gone_is_given_up_for_good(channel, status, standin, gateway):
    address = an_address(standin, channel)
    standin.behave(channel, name_of(channel, address), status=status)

    outcome = send(channel, address, gateway)

    assert (outcome.verdict, outcome.gone) == ("give_up", True)


@pytest.mark.parametrize("channel", OVER_HTTP)
@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_a_provider_that_refuses_is_not_asked_again(channel, status, standin, gateway):
    address = an_address(standin, channel)
    standin.behave(channel, name_of(channel, address), status=status, words="VapidPkHashMismatch")

    outcome = send(channel, address, gateway)

    assert (outcome.verdict, outcome.gone) == ("give_up", False)
    assert str(status) in outcome.detail


def test_a_push_service_tells_why_it_refuses(standin, gateway):
    phone = standin.new_phone()
    standin.behave("web_push", name_of("web_push", phone), status=403, words='{"reason":"VapidPkHashMismatch"}')

    assert "VapidPkHashMismatch" in send("web_push", phone, gateway).detail


@pytest.mark.parametrize(
    ("channel", "errcode", "verdict"),
    [
        ("wecom", 45009, "later"),
        ("wecom", -1, "later"),
        ("wecom", 40003, "give_up"),
        ("wecom", 81013, "give_up"),
        ("wecom_token", 45009, "later"),
        ("wecom_token", 40013, "give_up"),
        ("wecom_robot", 45009, "later"),
        ("wecom_robot", 93000, "give_up"),
        ("dingtalk_robot", 130101, "later"),
        ("dingtalk_robot", 300005, "give_up"),
        ("sms", "isv.BUSINESS_LIMIT_CONTROL", "later"),
        ("sms", "Throttling.User", "later"),
        ("sms", "isv.MOBILE_NUMBER_ILLEGAL", "give_up"),
    ],
)
def test_a_providers_own_code_counts_though_http_says_200(channel, errcode, verdict, standin, gateway):
    standin.tokens.clear()
    standin.behave(channel, errcode=errcode, words="said so")
    sending = "wecom" if channel == "wecom_token" else channel

    outcome = send(sending, an_address(standin, sending), replace(gateway, wecom_agent_id="7"))

    assert outcome.verdict == verdict
    assert outcome.detail == f"{errcode}: said so"


@pytest.mark.parametrize(
    ("words", "wait"), [("触发分钟级流控Permits:1", 60), ("触发天级流控Permits:40", 86_400), ("?", None)]
)
def test_a_limit_on_sms_says_how_long_to_wait(words, wait, standin, gateway):
    standin.behave("sms", errcode="isv.BUSINESS_LIMIT_CONTROL", words=words)

    assert send("sms", an_address(standin, "sms"), gateway).retry_after == wait


@pytest.mark.parametrize(
    ("channel", "wrong"),
    [
        ("wecom", {"wecom_secret": "another"}),
        ("sms", {"sms_key_secret": "another"}),
        ("sms", {"sms_key_id": "another"}),
    ],
)
def test_a_wrong_secret_of_ours_is_given_up_and_said(channel, wrong, standin, gateway):
    outcome = send(channel, an_address(standin, channel), replace(gateway, **wrong))

    assert outcome.verdict == "give_up"
    assert outcome.detail


@pytest.mark.parametrize("channel", ["dingtalk_robot", "webhook"])
def test_a_signature_with_another_secret_is_refused(channel, standin, gateway):
    address = an_address(standin, channel) | {"secret": "whsec_YW5vdGhlcg=="}

    assert send(channel, address, gateway).verdict == "give_up"


def test_a_mailbox_that_does_not_exist_is_gone(standin, gateway):
    address = an_address(standin, "email")
    standin.behave("email", address["email"], status=550)

    outcome = send("email", address, gateway)

    assert (outcome.verdict, outcome.gone) == ("give_up", True)
    assert address["email"] not in outcome.detail


@pytest.mark.parametrize(("status", "verdict"), [(451, "later"), (554, "give_up")])
def test_a_mail_servers_code_counts(status, verdict, standin, gateway):
    address = an_address(standin, "email")
    standin.behave("email", address["email"], status=status)

    outcome = send("email", address, gateway)

    assert (outcome.verdict, outcome.gone) == (verdict, False)


def test_a_password_is_not_sent_without_tls(standin, gateway):
    url = gateway.smtp_url.replace("smtp://", "smtp://clerk@")
    secretive = replace(gateway, smtp_url=url, smtp_password="hunter2", allow_private=False)

    outcome = send("email", an_address(standin, "email"), secretive)

    assert (outcome.verdict, outcome.detail) == ("give_up", "mail_server_lacks_tls_or_unicode")
