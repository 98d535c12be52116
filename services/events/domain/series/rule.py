"""Recurrence rules (RRULE of RFC 5545), of which we take what people say: every so many days, weeks, months, years."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil import rrule

from shared.errors import Invalid

#: No series goes further, or has more occurrences.
LONGEST = timedelta(days=3660)
MOST = 4000

#: Of the months, in a leap year.
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

EVERY = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
WEEKDAYS = {
    "MO": rrule.MO,
    "TU": rrule.TU,
    "WE": rrule.WE,
    "TH": rrule.TH,
    "FR": rrule.FR,
    "SA": rrule.SA,
    "SU": rrule.SU,
}
WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


def days(text: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days from *first* to *last* that the rule means, counted from *starts_on*.

    Raises Invalid at `rule` for what is no such rule, and for one that means more than MOST days.
    """
    facts = parsed(text)
    count, until = facts.pop("count", None), facts.pop("until", None)
    end = min(last, until or last, starts_on + LONGEST)
    means = rrule.rrule(dtstart=datetime.combine(starts_on, time()), until=datetime.combine(end, time.max), **facts)
    found = [moment.date() for moment in islice(means, count if count else MOST + 1)]
    if len(found) > MOST:
        raise wrong({"code": "too_many", "max": MOST})
    return [on for on in found if on >= first]


def parsed(text: str) -> dict[str, Any]:
    """The rule's parts as dateutil takes them, with count and until; Invalid at `rule` if one makes no sense."""
    parts = [part.partition("=") for part in text.upper().removeprefix("RRULE:").split(";")]
    names = [name for name, _, _ in parts]
    if len(set(names)) != len(names) or "FREQ" not in names or {"COUNT", "UNTIL"} <= set(names):
        raise wrong("invalid")
    facts: dict[str, Any] = {}
    for name, _, value in parts:
        if name not in READ:
            raise wrong("invalid")
        key, read = READ[name]
        try:
            facts[key] = read(value)
        except (KeyError, ValueError, TypeError):
            raise wrong("invalid") from None
    if facts.get("count", 0) > MOST:
        raise wrong({"code": "too_many", "max": MOST})
    if not _ever_comes(facts):
        raise wrong("no_date")
    return facts


def wrong(code: Any) -> Invalid:
    return Invalid(errors={"rule": [code]})


def _ever_comes(facts: dict[str, Any]) -> bool:
    """Whether any day meets it at all: dateutil would look for the 30th of February until the year 9999."""
    if "bysetpos" in facts and facts["freq"] not in (rrule.MONTHLY, rrule.YEARLY):
        return False
    months, numbers = facts.get("bymonth", range(1, 13)), facts.get("bymonthday", [1])
    return any(abs(number) <= DAYS[month - 1] for month in months for number in numbers)


def _numbers(least: int, most: int) -> Callable[[str], list[int]]:
    def read(value: str) -> list[int]:
        found = [int(each) for each in value.split(",")]
        if any(each == 0 or not least <= each <= most for each in found):
            raise ValueError
        return found

    return read


def _number(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not 1 <= (found := int(value)) <= most:
            raise ValueError
        return found

    return read


def _weekdays(value: str) -> list[Any]:
    """TU, or 2TU for the second Tuesday, or -1TU for the last."""
    found = [WEEKDAY.fullmatch(each) for each in value.split(",")]
    return [WEEKDAYS[each[2]](int(each[1])) if each[1] else WEEKDAYS[each[2]] for each in found]  # type: ignore[index]


def _day(value: str) -> date:
    return date.fromisoformat(value[:8])


READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("freq", EVERY.__getitem__),
    "INTERVAL": ("interval", _number(120)),
    "COUNT": ("count", _number(1_000_000)),
    "UNTIL": ("until", _day),
    "BYDAY": ("byweekday", _weekdays),
    "BYMONTHDAY": ("bymonthday", _numbers(-31, 31)),
    "BYMONTH": ("bymonth", _numbers(1, 12)),
    "BYSETPOS": ("bysetpos", _numbers(-31, 31)),
}
