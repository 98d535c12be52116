"""Nobody out there is flooded with messages that we send for somebody who is signed in."""

import pytest


@pytest.fixture
def member(world) -> dict[str, str]:
    return next(caller.headers for caller in world.callers if caller.role == "member")


@pytest.mark.parametrize(
    ("channel", "victims"),
    [
        ("email", [{"email": f"victim@{host}.example.org"} for host in "abc"]),
        ("wecom", [{"user": f"victim-{name}"} for name in "abc"]),
    ],
)
def test_a_trial_goes_out_once_a_minute_whatever_address_is_set_meanwhile(notify, member, channel, victims):
    tried = []
    for victim in [*victims, *victims]:
        address = notify.put(f"/me/channels/{channel}", json=victim, headers=member).json
        tried.append(notify.post(f"/me/channels/{address['id']}/test", headers=member).status_code)

    assert tried == [204] + [429] * 5


def test_no_request_without_sign_in_sends_anything_to_a_number_that_nobody_has(members, published):
    for number in range(10):
        assert members.post("/sign-in/codes", json={"phone": f"1000000{number:04}"}).status_code == 202

    assert published("members.%") == []
