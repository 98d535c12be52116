"""What notify does when something happens."""

from shared.bus import subscriber

on = subscriber("notify")
