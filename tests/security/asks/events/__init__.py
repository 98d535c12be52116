"""events, route by route, by subject."""

from tests.security.asks.events import activities, attendance, hall, lists, series, venues, whats_on

ASKS = {**activities.ASKS, **series.ASKS, **attendance.ASKS, **venues.ASKS, **lists.ASKS, **hall.ASKS, **whats_on.ASKS}
