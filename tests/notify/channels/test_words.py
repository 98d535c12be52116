"""What no outcome says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.notify.channels.messages import a_message, an_address, name_of, send


@pytest.mark.parametrize("channel", ["web_push", "wecom", "wecom_robot", "dingtalk_robot", "sms", "email"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30), refuses=st.booleans())
def test_no_outcome_says_a_secret_a_number_or_an_address(channel, noise, refuses, standin, gateway):
    address, message = an_address(standin, channel), a_message(sms_params={"code": "847231"})
    told = {
        *(text for text in address.values() if isinstance(text, str)),
        *address.get("keys", {}).values(),
        *(gateway.vapid_private_key, gateway.wecom_secret, gateway.sms_key_id, gateway.sms_key_secret),
        *("847231", message.link, "+86 139 4711 2233", "0471-4959000", "someone@else.example", "10.1.2.3", "fe80::17"),
    }
    words = noise + noise.join(sorted(told)) + noise
    if channel in ("web_push", "email"):
        standin.behave(channel, name_of(channel, address), status=403 if channel == "web_push" else 554, words=words)
    else:
        errcode = {True: 40003, False: 45009}[refuses]
        standin.behave(channel, name_of(channel, address), errcode=errcode, words=words)

    outcome = send(channel, address, gateway, message)

    assert not [secret for secret in told if secret in outcome.detail]
    assert len(outcome.detail) <= 200


def test_the_gateways_secrets_are_not_shown_when_it_is_printed(gateway):
    secrets = [gateway.vapid_private_key, gateway.wecom_secret, gateway.sms_key_secret]

    assert not [secret for secret in secrets if secret in repr(gateway)]
