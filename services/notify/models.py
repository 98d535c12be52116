"""What notify remembers."""

from shared.db import base

Base = base("notify")
