"""The providers, and settings that lead to them."""

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from services.notify.channels import Gateway
from tests.standin import Standin


@pytest.fixture(scope="session")
def vapid():
    """The committee's key for web push."""
    return ec.derive_private_key(20121031, ec.SECP256R1())


@pytest.fixture(scope="session")
def providers():
    with Standin() as standin:
        yield standin


@pytest.fixture
def standin(providers):
    """All providers, well again after the test before."""
    providers.well()
    return providers


@pytest.fixture
def gateway(standin, vapid):
    """Settings that lead to the stand-in."""
    number = vapid.private_numbers().private_value.to_bytes(32, "big")
    given = {name.lower(): value for name, value in standin.settings().items() if name != "ALLOW_PRIVATE_ADDRESSES"}
    return Gateway(
        **given,
        timeout=3,
        allow_private=True,
        vapid_private_key=urlsafe_b64encode(number).decode(),
        vapid_subject="mailto:duty@example.org",
        push_hosts=("updates.push.services.mozilla.com", ".push.apple.com"),
        smtp_from="committee@example.org",
        sms_sign_name="三顺店社区",
    )


@pytest.fixture
def hurried(gateway):
    """A gateway that soon loses patience."""
    return replace(gateway, timeout=0.3)


@pytest.fixture
def gateway_of_a_committee(gateway):
    """Settings as they are outside of tests."""
    return replace(gateway, allow_private=False)
