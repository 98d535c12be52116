"""The schema of members."""

from shared.db import base

Base = base("members")
