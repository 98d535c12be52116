"""Where we send: an address that a person gave us must not lead into our own network.

A name is looked up, judged and connected to in one step, so that it cannot point elsewhere a moment later.
"""

import socket
from collections.abc import Collection
from ipaddress import ip_address, ip_network

from urllib3.connection import HTTPConnection
from urllib3.exceptions import LocationParseError, NameResolutionError
from urllib3.util import parse_url

from services.notify.channels.outgoing import Gateway

#: Global on paper, but they carry an IPv4 address that may be anything (6to4), or are no unicast at all.
NOT_PUBLIC = [ip_network(net) for net in ("2002::/16", "192.88.99.0/24", "224.0.0.0/4")]
UNICAST_6 = ip_network("2000::/3")


class Refused(Exception):
    """We do not send to this address."""


def check(url: str, gateway: Gateway, hosts: Collection[str] | None = None) -> None:
    """Refuse *url* unless it is https to one of *hosts*; without *hosts*, to any that is not private by its looks."""
    if gateway.allow_private:
        return
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise Refused("address_unreadable") from None
    if parts.scheme != "https" or parts.auth or not parts.host:
        raise Refused("address_not_https")
    if hosts is not None and (parts.port not in (None, 443) or not _listed(parts.host, hosts)):
        raise Refused("host_not_listed")
    if _is_literal(parts.host) and not is_public(parts.host.strip("[]")):
        raise Refused("address_private")


def is_public(literal: str) -> bool:
    """Whether an IP address belongs to somebody out there."""
    ip = ip_address(literal)
    if ip.version == 6 and ip not in UNICAST_6:
        return False
    return ip.is_global and not any(ip.version == net.version and ip in net for net in NOT_PUBLIC)


def public_address(host: str, port: int) -> str:
    """The IP address to connect to for *host*: refused when any of its addresses is private."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in sorted(found, key=lambda info: info[0] != socket.AF_INET)]
    if not all(is_public(address.partition("%")[0]) for address in addresses):
        raise Refused("address_private")
    return addresses[0]


class PublicOnly(HTTPConnection):
    """A connection to a public address; a certificate is still held against the name."""

    lookup = staticmethod(public_address)

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        try:
            self._dns_host = self.lookup(name, self.port or self.default_port)
            return super()._new_conn()
        except socket.gaierror as error:
            raise NameResolutionError(name, self, error) from error
        finally:
            self._dns_host = name


def _listed(host: str, hosts: Collection[str]) -> bool:
    host = host.lower()
    return any(host == known or (known.startswith(".") and host.endswith(known)) for known in hosts)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
