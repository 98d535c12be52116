"""Nobody in who should not be: every route, every role, things of one's own, of others, of another committee."""

import re
from importlib import import_module

import pytest

from shared import bus, live
from shared.auth import PERSON, PUBLIC
from tests.security.access import Row, rows
from tests.security.asks import ASKS

TABLE = rows()
SELF_MADE = ("HEAD", "OPTIONS")  # Flask answers these itself, after the same question who asks
WIDEST = ("secretary", "key")
DESK = {"duty": ("duty", "clerk", "secretary"), "clerk": ("clerk", "secretary")}


@pytest.fixture(autouse=True)
def no_listener(monkeypatch):
    """Streams are opened and closed; nobody need listen to Postgres for them."""
    for service in bus.SERVICES:
        monkeypatch.setattr(live.hub(service), "listener", object())


@pytest.fixture(scope="session")
def apps(server):
    return {service: import_module(f"services.{service}.app").create_app() for service in bus.SERVICES}


@pytest.fixture(params=bus.SERVICES)
def service(request) -> str:
    return request.param


def test_every_route_has_a_row_and_every_row_a_route(apps):
    routes = {route for service, app in apps.items() for route in routes_of(service, app)}

    assert {row.route for row in TABLE} == routes
    assert {row.key for row in TABLE} == set(ASKS), "tests/security/asks says how to call each row"
    assert len({row.key for row in TABLE}) == len(TABLE)


def test_the_table_names_the_scope_that_each_route_asks_for(apps):
    asked = {route: view.needs for service, app in apps.items() for route, view in routes_of(service, app).items()}

    for row in TABLE:
        roles, scope = asked[row.route]
        assert row.scope == (scope or "–"), row.route
        assert PUBLIC in roles or row.cells["nobody"] == "–", row.route
        if PERSON not in roles and PUBLIC not in roles:
            may = {role for asked_for in roles for role in DESK.get(asked_for, (asked_for,))}
            beyond = {role for role, cell in row.cells.items() if cell != "–"} - may - {"key"}
            assert not beyond, f"{row.route} is for {may}"


@pytest.mark.timeout(900)  # thousands of requests
def test_what_the_table_allows_works_and_everything_else_is_refused(service, apps, world, undone):
    client = apps[service].test_client(use_cookies=False)
    wrong, seen = [], 0
    for row in TABLE:
        route = row.route.replace("*", service)
        if not route.partition("/api/")[2].startswith(f"{service}/"):
            continue
        for caller in world.callers:
            if caller.role == "key" and row.cells["key"] == "–" and caller.name != "live key":
                continue  # where no key comes in, the one that may most speaks for all
            for relation, verdict in asked(client, row, route, caller, world, undone):
                seen += 1
                if verdict:
                    wrong.append(f"{route} [{row.what}] by {caller.name}, {relation}: {verdict}")
    assert seen > 300
    assert not wrong, "\n" + "\n".join(wrong)


def test_nobody_gets_around_a_route_by_another_method(service, apps, world):
    client = apps[service].test_client(use_cookies=False)
    public = {row.route for row in TABLE if row.cells["nobody"] != "–"}
    for route in routes_of(service, apps[service]):
        path = re.sub(r"<\w+>", str(world.things["own"]["unit"]), route.partition(f"/api/{service}")[2] or "/")
        for method in SELF_MADE:
            if route not in public and f"GET {route.partition(' ')[2]}" not in public:
                assert client.open(path, method=method).status_code in (401, 404, 405), f"{method} {path}"


def asked(client, row: Row, route: str, caller, world, undone):
    """What is wrong with the answers to this caller, by relation; empty when all is as the table says."""
    ask, may = ASKS[row.key], row.may(caller.role)
    if caller.name == "key without scopes" and row.cells["nobody"] == "–":
        may = frozenset()
    relations = world.relations(ask.thing)
    if not may:  # who is refused what is their own is refused at the door
        relations = relations[:1]
    elif caller.role not in WIDEST:  # Postgres hides another committee from all alike
        relations = [relation for relation in relations if relation != "alien"]
    if ask.lists:
        with undone():
            answer = ask.send(client, route, world.of(caller, "own"), caller.headers)
        yield from listed(row, ask, answer, {r: world.of(caller, r)[ask.thing] for r in relations}, may, caller)
        return
    for relation in relations:
        with undone():
            answer = ask.send(client, route, world.of(caller, relation), caller.headers)
        right = ask.worked(answer) if relation in may else ask.refused(answer)
        yield relation, "" if right else told(answer, relation in may)


def listed(row: Row, ask, answer, ids: dict, may, caller):
    """The same for a list: it shows what the caller may see, and nothing else."""
    if not may and not (row.cells[caller.role] == "none" and answer.status_code == 200):
        yield "any", "" if ask.refused(answer) else told(answer, False)
        return
    for relation, id in ids.items():
        shown = answer.status_code == 200 and str(id) in answer.text
        yield relation, "" if shown == (relation in may) else f"{'shown' if shown else 'not shown'} ({answer.status})"


def told(answer, allowed: bool) -> str:
    return f"{'may' if allowed else 'may not'}, but {answer.status_code} {answer.text[:200]}"


def routes_of(service: str, app) -> dict:
    """The routes of a service as the table writes them, and what answers them."""
    found = {}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule)
        view = app.view_functions[rule.endpoint]
        where = "*" if getattr(view, "bare", False) else service
        for method in (rule.methods or set()) - set(SELF_MADE):
            found[f"{method} /api/{where}{path}"] = view
    return found
