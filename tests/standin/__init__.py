"""A server that stands in for every provider of notify, for tests, the demo and the bench.

It speaks the providers' own forms, checks their signatures, opens what is sealed, keeps what it received,
and misbehaves when asked to. `python -m tests.standin` runs it by itself.
"""

from tests.standin.server import Received, Standin

__all__ = ["Received", "Standin"]
