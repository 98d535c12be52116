"""Where a request comes from, for limits: who sends too much from one address is held back there."""

import ipaddress

from flask import request


def address() -> str | None:
    """The address that asks; a proxy beside us says it. None: this very machine, which does not count."""
    peer = request.remote_addr or ""
    if _is_near(peer) and (said := request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()):
        peer = said
    return peer if peer and not _is_loopback(peer) else None


def _is_near(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_private
    except ValueError:
        return False


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False
