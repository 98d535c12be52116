"""The pages of docs/ that are made from the code: python -m shared.catalogue"""

import inspect
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path
from types import ModuleType

from marshmallow import fields as field_types

from shared.bus import SERVICES
from shared.config import Config
from shared.schemas.event import Event

DOCS = Path(__file__).parents[1] / "docs"

EVENTS_HEAD = """# Events

Made from `shared/schemas` by `python -m shared.catalogue`; a test holds it to the code.
How events travel: [architecture.md](architecture.md). Every event also has `event_id`, `topic`, `committee_id`,
`subject`, `occurred_at`, `recorded_at`, `actor`, `correlation_id`, `causation_id`. Class: of the most personal fact
in it (see [security.md](security.md)); class D and E never travel.
"""
SETTINGS_HEAD = """# Settings

Made from `shared/config.py` by `python -m shared.catalogue`; a test holds it to the code. Each is an environment
variable; `NAME_FILE` in place of `NAME` reads the value from a file. Secrets have no default that would work.

| Setting | Default | Meaning |
|---|---|---|
"""


def events() -> str:
    """docs/events.md."""
    parts = [EVENTS_HEAD]
    for service in SERVICES:
        module = import_module(f"shared.schemas.{service}")
        parts.append(f"\n## {service}\n\n{inspect.getdoc(module)}\n")
        parts += [_event(event) for event in published_by(module)]
    return "".join(parts)


def settings() -> str:
    """docs/settings.md."""
    return SETTINGS_HEAD + "".join(
        f"| `{f.name.upper()}` | {_default(f)} | {f.metadata['words']}{_secret(f)} |\n" for f in fields(Config)
    )


def published_by(module: ModuleType) -> list[type[Event]]:
    """The events that a module of shared.schemas declares, or gathers from those within it."""
    declared = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Event)]
    return [event for event in declared if hasattr(event, "topic") and event.__module__.startswith(module.__name__)]


def _event(event: type[Event]) -> str:
    facts = [f"`{name}`{_kind(field)}" for name, field in event().fields.items()]
    urgent = ", urgent" if event.urgent else ""
    purpose = f" Purpose: {event.purpose}." if event.purpose else ""
    return (
        f"\n### `{event.topic}`\n\n{inspect.getdoc(event)}\n\n"
        f"- Told to: {', '.join(event.subscribers)}{urgent}. Class {event.data_class}.{purpose}\n"
        f"- Facts: {', '.join(facts) or 'none'}\n"
    )


def _kind(field: field_types.Field) -> str:
    marks = [] if field.required else ["optional"]
    marks += ["may be null"] if field.allow_none else []
    name = type(field).__name__.lower()
    return f" ({', '.join([name, *marks])})"


def _secret(f) -> str:
    return " *Secret.*" if f.metadata["secret"] else ""


def _default(f) -> str:
    if f.default is MISSING:
        return "must be given"
    return f"`{f.default}`" if f.default != "" else "empty"


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    (DOCS / "events.md").write_text(events())
    (DOCS / "settings.md").write_text(settings())


if __name__ == "__main__":
    main()
