"""The table of the storms in docs/reliability.md, where the rows of storms that did not rage this time stay."""

import re
from collections import Counter
from datetime import UTC, datetime

from bench.measure import PROJECT, figure, revision
from chaos.ledger import Balance

PAGE = PROJECT / "docs/reliability.md"
HEAD = (
    "| Storm | Events | Messages | What happened | Lost | Doubled | SMS unknown | Sent again: push, SMS, mail "
    "| Slowest recovery: request, message | p50 | p99 | Run |\n|---|--:|--:|---|--:|--:|--:|--:|---|--:|--:|---|\n"
)


#: A row of the table, by its storm; and of its cells those that are added up.
ROW = re.compile(r"^\| (\w+) \|.*\|$", re.MULTILINE)
EVENTS, MESSAGES, HAPPENED, LOST, DOUBLED = range(2, 7)


def rows_of(found: dict[str, Balance]) -> dict[str, str]:
    return {name: _row(name, one) for name, one in found.items()}


def as_table(rows: dict[str, str]) -> str:
    """These rows, and what they come to."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows.values()]
    events, messages, lost, doubled = (
        sum(int(row[number].replace(",", "")) for row in cells) for number in (EVENTS, MESSAGES, LOST, DOUBLED)
    )
    faults = sum(int(count) for row in cells for count in re.findall(r"×(\d+)", row[HAPPENED]))
    together = f"{events:,} events, {messages:,} messages, {faults} faults: {lost} lost, {doubled} doubled."
    return HEAD + "\n".join(rows.values()) + f"\n\n{together}"


def write_rows(under: str, rows: dict[str, str], order: list[str]) -> None:
    """Put these rows among those of other storms, in this order. *under*: what they were made under."""
    known = {found[1]: found[0] for found in ROW.finditer(_between("storms")) if found[1] in order} | rows
    write(f"\n{under}\n\n{as_table({name: known[name] for name in order if name in known})}\n")


def write(text: str, part: str = "storms") -> None:
    """Put it between its marks."""
    PAGE.write_text(_marks(part).sub(lambda marks: f"{marks[1]}{text}\n{marks[3]}", PAGE.read_text()))


def _between(part: str) -> str:
    found = _marks(part).search(PAGE.read_text())
    return found[2] if found else ""


def _marks(part: str) -> re.Pattern[str]:
    return re.compile(f"(<!-- {part} -->\n)(.*?)(<!-- /{part} -->)", re.DOTALL)


def _row(name: str, one: Balance) -> str:
    times = Counter(struck.fault for struck in one.struck)
    happened = ", ".join(f"{fault} ×{count}" for fault, count in times.items())
    again = ", ".join(str(one.repeats[channel]) for channel in ("web_push", "sms", "email"))
    back = ", ".join(
        f"{fault} {figure(back.request)}, {figure(back.message)} s" for fault, back in one.recoveries.items()
    )
    cells = (name, f"{one.events:,}", f"{one.messages:,}", happened, one.lost, one.doubled, one.unknown, again, back)
    run = f"{datetime.now(UTC):%m-%d %H:%M}, {revision()}"
    return "| " + " | ".join(map(str, cells)) + f" | {figure(one.p50)} s | {figure(one.p99)} s | {run} |"
