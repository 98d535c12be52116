"""Every service's doors for events and for the clock; importing this registers them."""

import services.events.consumers
import services.events.schedules
import services.members.consumers
import services.members.schedules
import services.notify.consumers
import services.notify.schedules
import services.patrol.consumers
import services.patrol.schedules  # noqa: F401
