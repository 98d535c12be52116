"""events, route by route, by subject."""

from tests.security.asks.events import activities, series

ASKS = {**activities.ASKS, **series.ASKS}
