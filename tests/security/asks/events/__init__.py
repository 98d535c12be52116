"""events, route by route, by subject."""

from tests.security.asks.events import activities, attendance, series

ASKS = {**activities.ASKS, **series.ASKS, **attendance.ASKS}
from tests.security.asks.events import activities, venues

ASKS = {**activities.ASKS, **venues.ASKS}
from tests.security.asks.events import activities, lists

ASKS = {**activities.ASKS, **lists.ASKS}
from tests.security.asks.events import activities, hall, series

ASKS = {**activities.ASKS, **series.ASKS, **hall.ASKS}
