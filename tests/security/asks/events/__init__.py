"""events, route by route, by subject."""

from tests.security.asks.events import activities

ASKS = {**activities.ASKS}
