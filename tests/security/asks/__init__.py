"""How every route is called, by route and by what it is called about."""

from tests.security.asks import cases, events, members, notify, patrol, roster, together
from tests.security.asks.ask import Ask

#: The same in each service: neither a sign-in nor a transaction.
BARE = {
    ("GET /api/*/healthz", "–"): Ask(),
    ("GET /api/*/readyz", "–"): Ask(),
    ("GET /api/*/metrics", "–"): Ask(),
    ("GET /api/*/openapi.json", "–"): Ask(),
    ("GET /api/*/docs/", "–"): Ask(),
    ("GET /api/*/docs/<path>", "–"): Ask(thing="docs_file"),
}
SUBJECTS = (members, events, patrol, roster, cases, together, notify)
ASKS: dict[tuple[str, str], Ask] = {route: ask for subject in SUBJECTS for route, ask in subject.ASKS.items()} | BARE
