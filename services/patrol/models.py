"""What patrol remembers."""

from shared.db import base

Base = base("patrol")
