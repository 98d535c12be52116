"""The table of the storms, and where it goes in docs/reliability.md."""

import re
from collections import Counter

from bench.measure import PROJECT, figure
from chaos.ledger import Balance

PAGE = PROJECT / "docs/reliability.md"
HEAD = (
    "| Storm | Events | Messages | What happened | Lost | Doubled | SMS unknown | Sent again: push, SMS, mail "
    "| Slowest recovery: request, message | p50 | p99 |\n|---|--:|--:|---|--:|--:|--:|--:|---|--:|--:|\n"
)


def as_table(found: dict[str, Balance]) -> str:
    rows = "\n".join(_row(name, one) for name, one in found.items())
    events, messages = (sum(getattr(one, name) for one in found.values()) for name in ("events", "messages"))
    lost, doubled = (sum(getattr(one, name) for one in found.values()) for name in ("lost", "doubled"))
    faults = sum(len(one.struck) for one in found.values())
    together = f"{events:,} events, {messages:,} messages, {faults} faults: {lost} lost, {doubled} doubled."
    wrong = [f"* {name}: {fault}" for name, one in found.items() for fault in one.faults]
    return HEAD + rows + f"\n\n{together}" + ("\n\n" + "\n".join(wrong) if wrong else "")


def write(text: str, part: str = "storms") -> None:
    """Put it between its marks."""
    pattern = re.compile(f"(<!-- {part} -->\n).*?(<!-- /{part} -->)", re.DOTALL)
    PAGE.write_text(pattern.sub(lambda marks: f"{marks[1]}{text}\n{marks[2]}", PAGE.read_text()))


def _row(name: str, one: Balance) -> str:
    times = Counter(struck.fault for struck in one.struck)
    happened = ", ".join(f"{fault} ×{count}" for fault, count in times.items())
    again = ", ".join(str(one.repeats[channel]) for channel in ("web_push", "sms", "email"))
    back = ", ".join(
        f"{fault} {figure(back.request)}, {figure(back.message)} s" for fault, back in one.recoveries.items()
    )
    cells = (name, f"{one.events:,}", f"{one.messages:,}", happened, one.lost, one.doubled, one.unknown, again, back)
    return "| " + " | ".join(map(str, cells)) + f" | {figure(one.p50)} s | {figure(one.p99)} s |"
