"""What events remembers."""

from shared.db import base

Base = base("events")
