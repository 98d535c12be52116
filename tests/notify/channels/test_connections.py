"""Connections are kept for the messages that follow, and let go when they are no good any more."""

import contextlib
import socket
import threading

import pytest

from services.notify.channels import connections, email
from services.notify.channels.address import Refused
from services.notify.channels.connections import kept
from services.notify.channels.wire import call
from tests.notify.channels.messages import an_address, name_of, send

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{"Code":"OK","BizId":"b-1"}'


@pytest.fixture(autouse=True)
def nothing_kept():
    connections.part()
    yield
    connections.part()


@pytest.fixture
def forgetful():
    """A provider that takes an SMS and hangs up without a word: its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            with contextlib.suppress(OSError):  # the end of the test
                while True:
                    line, _ = listener.accept()
                    with line:
                        line.recv(65536)
                        line.sendall(ANSWER)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("channel", ["web_push", "sms", "email", "webhook"])
def test_the_messages_that_follow_go_over_the_same_connection(channel, standin, gateway):
    for _ in range(3):
        assert send(channel, an_address(standin, channel), gateway).verdict == "delivered"

    assert [len(resting) for resting in kept.values()] == [1]


def test_a_mail_server_is_left_before_it_has_had_enough(standin, gateway, monkeypatch):
    monkeypatch.setattr(email, "MOST_OF_ONE_CONNECTION", 2)
    resting = []
    for _ in range(4):
        assert send("email", an_address(standin, "email"), gateway).verdict == "delivered"
        resting.append(sum(map(len, kept.values())))

    assert resting == [1, 0, 1, 0]


def test_a_mail_that_was_refused_leaves_the_connection_to_the_next(standin, gateway):
    refused = an_address(standin, "email")
    standin.behave("email", refused["email"], status=550)

    assert send("email", refused, gateway).gone
    assert send("email", an_address(standin, "email"), gateway).verdict == "delivered"
    assert sum(map(len, kept.values())) == 1


def test_a_connection_that_was_cut_meanwhile_carries_no_sms(forgetful, standin, gateway, monkeypatch):
    monkeypatch.setattr(connections, "DOZES", 0)
    ours = type(gateway)(**{**vars(gateway), "sms_url": forgetful})

    first = send("sms", an_address(standin, "sms"), ours)
    [[(_, connection)]] = kept.values()
    connection.sock.recv(1)  # it is cut now
    second = send("sms", an_address(standin, "sms"), ours)

    assert (first.verdict, second.verdict) == ("delivered", "delivered")


@pytest.mark.parametrize("silence", ["hang", "close_after_accepting", "drip"])
def test_a_connection_on_which_nothing_came_is_not_kept(silence, standin, hurried):
    phone = standin.new_phone()
    standin.behave("web_push", name_of("web_push", phone), status=silence)

    send("web_push", phone, hurried)

    assert sum(map(len, kept.values())) == 0


@pytest.mark.parametrize("trick", ["a\r\nHost: b", "a\nb", "a\rb", "党"])
def test_no_header_holds_a_line_of_its_own(trick, standin, gateway):
    before = len(standin.asked)

    with pytest.raises(Refused):
        call("POST", f"{standin.url}/push/x", gateway, headers={"X-Words": trick})

    assert len(standin.asked) == before


@pytest.mark.parametrize("path", ["/push/x y", "/push/x?a=b c#d", "/push/../x", "/push/党"])
def test_what_is_odd_in_an_address_stays_inside_the_first_line(path, standin, gateway):
    reply = call("GET", standin.url + path, gateway)

    assert reply.status in (401, 404)
    assert standin.asked[-1].isascii()
    assert not set(" #?") & set(standin.asked[-1])
