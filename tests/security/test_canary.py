"""Addresses that people gave us, and a server on this machine that nobody must touch."""

import socket
import threading
from dataclasses import replace

import pytest

from services.notify.channels import CHANNELS, Gateway
from shared.config import config
from tests.notify.channels.messages import a_message
from tests.notify.conftest import VAPID_KEY
from tests.standin import push

PUBLIC = "93.184.215.14"
NAME = "unit.example.org"

#: This very machine, and the neighbourhood, in every form that a parser or a resolver might read differently.
HERE = [
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
    "127.0.0.1.", "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "①②⑦.⓪.⓪.①", "127。0。0。1",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "[fe80::1]", "[fd00::1]",
    "user@127.0.0.1", "unit.example.org@127.0.0.1", "127.0.0.1#@unit.example.org", r"127.0.0.1\@unit.example.org",
    "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.100.100.200",
]  # fmt: skip


class Canary:
    """Listens on both loopbacks at one port, and counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self.listeners = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.listeners[0].getsockname()[1]
        if socket.has_dualstack_ipv6():
            self.listeners.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listener in self.listeners:
            threading.Thread(target=self._watch, args=[listener], daemon=True).start()

    def _watch(self, listener: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        for listener in self.listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()


@pytest.fixture
def canary():
    canary = Canary()
    yield canary
    canary.close()


@pytest.fixture
def gateway(server) -> Gateway:
    """The settings of a committee, where addresses on private networks are refused."""
    return replace(Gateway.of(config()), allow_private=False, timeout=0.5, vapid_private_key=VAPID_KEY)


def send(channel: str, url: str, gateway: Gateway):
    phone, server = push.subscription("x", "") | {"endpoint": url}, {"url": url, "secret": "whsec_c2VjcmV0"}
    return CHANNELS[channel].send(server if channel == "webhook" else phone, a_message(), gateway)


@pytest.mark.parametrize("host", HERE)
@pytest.mark.parametrize("channel", ["webhook", "web_push"])
def test_nothing_is_sent_to_this_machine_or_its_neighbours(channel, host, canary, gateway, calls):
    anywhere = replace(gateway, push_hosts=(host.strip("[]"), f".{host}", host))  # were it on the list

    outcome = send(channel, f"https://{host}:{canary.port}/hook", anywhere)

    assert outcome.verdict in ("give_up", "later")  # later: no resolver here knows such a name
    assert canary.visits == 0
    assert calls == []


def test_the_canary_sings_when_it_is_touched(canary, gateway):
    send("webhook", f"https://127.0.0.1:{canary.port}/hook", replace(gateway, allow_private=True))

    assert canary.visits > 0


@pytest.fixture
def calls(monkeypatch):
    """The addresses that were connected to; nobody is home there."""
    called = []

    def connect(address, *_args, **_options):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.connection.connection.create_connection", connect)
    return called


@pytest.fixture
def resolver(monkeypatch):
    """Call it with lists of addresses for the name: each time it is looked up, the next list is the answer."""

    def resolver(*answers: list[str]):
        asked = iter(answers)

        def look_up(host, port, *_args, **_options):
            assert host == NAME
            kind = {True: socket.AF_INET6, False: socket.AF_INET}
            return [(kind[":" in ip], socket.SOCK_STREAM, 6, "", (ip, port)) for ip in next(asked)]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)

    return resolver


def test_a_name_that_leads_elsewhere_the_second_time_is_looked_up_once(gateway, resolver, calls, canary):
    resolver([PUBLIC], ["127.0.0.1"], ["127.0.0.1"])

    send("webhook", f"https://{NAME}:{canary.port}/hook", gateway)

    assert calls == [(PUBLIC, canary.port)]


def test_a_name_is_judged_each_time_that_we_connect(gateway, resolver, calls, canary):
    resolver([PUBLIC], ["127.0.0.1"])

    send("webhook", f"https://{NAME}:{canary.port}/hook", gateway)
    second = send("webhook", f"https://{NAME}:{canary.port}/hook", gateway)

    assert calls == [(PUBLIC, canary.port)]
    assert (second.verdict, second.detail) == ("give_up", "address_private")


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1", PUBLIC], ["::ffff:127.0.0.1"], ["fe80::1%eth0"]]
)
def test_a_name_with_any_private_address_is_refused_as_a_whole(answer, gateway, resolver, calls):
    resolver(answer)

    outcome = send("webhook", f"https://{NAME}/hook", gateway)

    assert (outcome.verdict, outcome.detail) == ("give_up", "address_private")
    assert calls == []
