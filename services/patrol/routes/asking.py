"""Who asks, as the rules want to know it."""

from services.patrol.domain.readers import Reader
from shared.auth import actor
from shared.errors import Forbidden


def reader() -> Reader:
    who = actor()
    if who.person_id is None:
        raise Forbidden
    return Reader(who.person_id, who.name, desk=who.has("duty"), units=frozenset(who.units()))
