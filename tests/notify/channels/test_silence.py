"""Providers that do not answer, and settings and addresses that lead nowhere."""

from dataclasses import replace
from typing import Any

import pytest

from services.notify.channels import CHANNELS, Gateway
from shared.config import Config
from tests.notify.channels.messages import DOUBLING, REPEATABLE, an_address, name_of, send


@pytest.mark.parametrize("channel", DOUBLING)
@pytest.mark.parametrize("silence", ["hang", "close_after_accepting", "drip", 504])
def test_silence_leaves_it_unknown_where_a_second_copy_would_be_a_second_message(channel, silence, standin, hurried):
    address = an_address(standin, channel)
    standin.behave(channel, name_of(channel, address), status=silence)

    assert send(channel, address, hurried).verdict == "unknown"


@pytest.mark.parametrize("channel", REPEATABLE)
@pytest.mark.parametrize("silence", ["hang", "close_after_accepting"])
def test_silence_is_asked_again_where_a_second_copy_does_no_harm(channel, silence, standin, hurried):
    address = an_address(standin, channel)
    standin.behave(channel, name_of(channel, address), status=silence)

    assert send(channel, address, hurried).verdict == "later"


@pytest.mark.parametrize("channel", ["sms", "wecom_robot", "dingtalk_robot"])
def test_an_answer_that_cannot_be_read_leaves_it_unknown(channel, standin, gateway):
    standin.behave(channel, status=200, words="<html>welcome to the hotel's wifi</html>")

    assert send(channel, an_address(standin, channel), gateway).verdict == "unknown"


def test_a_server_that_drips_does_not_hold_us(standin, hurried):
    phone = standin.new_phone()
    standin.behave("web_push", name_of("web_push", phone), status="drip")

    outcome = send("web_push", phone, hurried)

    assert outcome.verdict == "later"


def test_of_an_answer_that_is_too_long_the_rest_is_left_and_the_next_message_arrives(standin, gateway):
    phone = standin.new_phone()
    standin.behave("web_push", name_of("web_push", phone), status=400, words="no! " * 1_000_000, times=1)

    assert send("web_push", phone, gateway).verdict == "give_up"
    assert send("web_push", phone, gateway).verdict == "delivered"


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_a_provider_that_is_not_there_was_not_reached(channel, standin, gateway):
    nowhere = "127.0.0.1:9"
    urls = dict.fromkeys(("wecom_url", "dingtalk_url", "sms_url"), f"http://{nowhere}")
    address = an_address(standin, channel) | {"endpoint": f"http://{nowhere}/push/x", "url": f"http://{nowhere}/hook"}

    outcome = send(channel, address, replace(gateway, **urls, smtp_url=f"smtp://{nowhere}"))

    assert outcome.verdict == "later"


@pytest.mark.parametrize("channel", sorted(CHANNELS.keys() - {"webhook"}))
def test_a_channel_without_settings_gives_up(channel, standin):
    outcome = send(channel, an_address(standin, channel), Gateway(allow_private=True, dingtalk_url=""))

    assert (outcome.verdict, outcome.detail) == ("give_up", "not_configured")


@pytest.mark.parametrize(
    "keys", [{}, {"p256dh": "x", "auth": "y"}, {"p256dh": "B" * 87, "auth": "A" * 22}, {"p256dh": 1}]
)
def test_a_subscription_that_cannot_be_read_is_gone(keys, standin, gateway):
    outcome = send("web_push", standin.new_phone() | {"keys": keys}, gateway)

    assert (outcome.verdict, outcome.gone) == ("give_up", True)


@pytest.mark.parametrize("email", ["", "nobody", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "@@"])
def test_what_is_no_email_address_is_given_up(email, standin, gateway):
    assert send("email", {"email": email}, gateway).verdict in ("give_up", "later")
    assert not standin.received("email", "c@d.example")


def test_the_settings_of_a_process_make_a_gateway():
    needed: dict[str, Any] = dict.fromkeys(("database_url", "redis_url", "field_keys", "blind_key", "signing_key"), "")
    config = Config(**needed, push_hosts="push.example, .push.example", sms_url="https://sms.example")

    gateway = Gateway.of(config)

    assert gateway.push_hosts == ("push.example", ".push.example")
    assert (gateway.sms_url, gateway.allow_private) == ("https://sms.example", False)
