"""The stand-in is as strict as those it stands in for, and can be run and asked from outside."""

import subprocess
import sys

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException, webpush

from tests.standin import Standin


@pytest.fixture
def standin():
    with Standin() as standin:
        yield standin


@pytest.fixture
def process():
    """The stand-in by itself: its address."""
    command = [sys.executable, "-m", "tests.standin", "--port", "0", "--no-decrypt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        yield running.stdout.readline().split()[1].rstrip("/")
        running.terminate()
        assert running.wait(10) == 0


def push(phone, **wrong):
    key = Vapid02(ec.derive_private_key(7, ec.SECP256R1()))
    claims = {"sub": "mailto:duty@example.org"} | wrong
    return webpush(phone, '{"title": "x"}', vapid_private_key=key, vapid_claims=claims, ttl=60).status_code


def test_a_push_that_is_in_order_is_taken(standin):
    assert push(standin.new_phone()) == 201
    assert standin.received("web_push")[0].content["title"] == "x"


@pytest.mark.parametrize("wrong", [{"aud": "http://other.example"}, {"exp": 4_000_000_000}])
def test_a_push_with_wrong_claims_is_refused(wrong, standin):
    with pytest.raises(WebPushException, match="403"):
        push(standin.new_phone(), **wrong)


def test_a_push_that_was_sealed_for_another_phone_cannot_be_opened(standin):
    other = standin.new_phone() | {"endpoint": standin.new_phone()["endpoint"]}

    with pytest.raises(WebPushException, match="cannot be opened"):
        push(other)


def test_a_push_that_nobody_signed_is_refused(standin):
    phone = standin.new_phone()

    answer = WebPusher(phone).send("{}", {}, ttl=60, timeout=5)

    assert answer.status_code == 401


def test_a_phone_can_be_read_after_a_new_start(standin):
    phone = standin.new_phone("clerk")
    with Standin() as another:
        phone["endpoint"] = another.new_phone("clerk")["endpoint"]
        push(phone)

        assert len(another.received("web_push", "clerk")) == 1


def test_what_went_out_can_be_seen_from_another_process(process):
    robot = {"msgtype": "text", "text": {"content": "登录码 <8472>"}}
    requests.post(f"{process}/cgi-bin/webhook/send?key=yard", json=robot, timeout=5)

    listed = requests.get(f"{process}/_received?channel=wecom_robot", timeout=5).json()
    page = requests.get(f"{process}/", timeout=5)
    page.encoding = "utf-8"

    assert (listed["count"], listed["items"][0]["to"]) == (1, "yard")
    assert "登录码 &lt;8472&gt;" in page.text


def test_misbehaviour_can_be_asked_for_from_another_process(process):
    phone = requests.post(f"{process}/_phones", json={"name": "clerk"}, timeout=5).json()
    requests.post(f"{process}/_behave", json={"channel": "web_push", "to": "clerk", "status": 410}, timeout=5)

    assert requests.post(phone["endpoint"], data=b"x", timeout=5).status_code == 410
    requests.post(f"{process}/_behave", timeout=5)
    assert requests.post(phone["endpoint"], data=b"x", timeout=5).status_code == 201
