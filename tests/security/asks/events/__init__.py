"""events, route by route, by subject."""

from tests.security.asks.events import activities, attendance, hall, lists, series, venues

ASKS = {**activities.ASKS, **series.ASKS, **attendance.ASKS, **venues.ASKS, **lists.ASKS, **hall.ASKS}
