"""Where we do not send, whatever address we are given."""

import http.server
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from services.notify.channels.address import Refused, check, is_public, public_address
from services.notify.channels.connections import Place, PublicTls, connected
from tests.notify.channels.messages import an_address, name_of, send

PRIVATE_URLS = [
    "https://127.0.0.1/push/x",
    "https://127.1/push/x",
    "https://2130706433/push/x",
    "https://10.0.0.8/push/x",
    "https://192.168.1.1/push/x",
    "https://169.254.169.254/latest/meta-data",
    "https://100.100.100.200/latest/meta-data",
    "https://[::1]/push/x",
    "https://[::ffff:127.0.0.1]/push/x",
    "https://[fd00::1]/push/x",
    "https://[2002:7f00:1::]/push/x",
    "https://localhost/push/x",
    "https://0.0.0.0/push/x",
    "http://updates.push.services.mozilla.com/push/x",
    "https://user@updates.push.services.mozilla.com/push/x",
    "ftp://updates.push.services.mozilla.com/push/x",
    "file:///etc/passwd",
    "https://",
    "https://[",
    "",
]
UNLISTED_URLS = [
    "https://example.com/push/x",
    "https://push.apple.com.example.com/push/x",
    "https://evilpush.apple.com/push/x",
    "https://updates.push.services.mozilla.com:8443/push/x",
    r"https://example.com\@updates.push.services.mozilla.com/push/x",
]


@pytest.mark.parametrize("url", PRIVATE_URLS + UNLISTED_URLS)
def test_nothing_is_pushed_to_an_address_off_the_list(url, standin, gateway_of_a_committee):
    before = len(standin.received())

    outcome = send("web_push", standin.new_phone() | {"endpoint": url}, gateway_of_a_committee)

    assert outcome.verdict == "give_up"
    assert len(standin.received()) == before


@pytest.mark.parametrize("url", PRIVATE_URLS)
def test_no_webhook_leads_into_our_own_network(url, standin, gateway_of_a_committee):
    url = url.replace("updates.push.services.mozilla.com", "localhost")

    outcome = send("webhook", standin.new_webhook() | {"url": url}, gateway_of_a_committee)

    assert outcome.verdict == "give_up"


def test_a_name_that_leads_to_this_machine_is_refused_when_it_is_looked_up(gateway_of_a_committee):
    check("https://localhost/hook", gateway_of_a_committee)

    with pytest.raises(Refused, match="address_private"):
        public_address("localhost", 443)
    with pytest.raises(Refused, match="address_private"):
        connected(Place("https", "localhost", 443, public_only=True), 3)


def test_a_listed_push_service_passes(gateway_of_a_committee):
    for host in ("updates.push.services.mozilla.com", "web.push.apple.com", "UPDATES.push.services.mozilla.com:443"):
        check(f"https://{host}/push/x", gateway_of_a_committee, gateway_of_a_committee.push_hosts)


@pytest.mark.parametrize("channel", ["web_push", "webhook"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(channel, status, standin, gateway):
    address = an_address(standin, channel)
    standin.behave(channel, name_of(channel, address), status=status, location=f"{standin.url}/trap")

    outcome = send(channel, address, gateway)

    assert outcome.verdict == "give_up"
    assert "/trap" not in standin.asked


@given(st.ip_addresses())
def test_what_counts_as_public_is_never_of_our_own(ip):
    own = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified

    assert not (own and is_public(str(ip)))


class Found(PublicTls):
    """Every name is found on this machine."""

    lookup = staticmethod(lambda host, port: "127.0.0.1")


@pytest.fixture
def push_service(tmp_path):
    """A server with a certificate for push.example: its port, and the file with the certificate."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=push.example")
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = certificate.not_valid_before(begins).not_valid_after(begins + timedelta(days=9))
    names, authority = x509.SubjectAlternativeName([x509.DNSName("push.example")]), x509.BasicConstraints(True, 0)
    certificate = certificate.add_extension(names, critical=False).add_extension(authority, critical=True)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "push.pem"
    file.write_bytes(pem + certificate.sign(key, SHA256()).public_bytes(Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, str(file)
        server.shutdown()
        thread.join()


def test_a_certificate_is_held_against_the_name_though_we_connect_to_the_address_that_was_judged(push_service):
    port, ca = push_service

    def ask(name):
        connection = Found(name, port, timeout=5, ssl_context=ssl.create_default_context(cafile=ca))
        connection.request("GET", "/")
        return connection.getresponse().status

    assert ask("push.example") == 501
    with pytest.raises(ssl.SSLCertVerificationError, match="not valid for"):
        ask("other.example")
