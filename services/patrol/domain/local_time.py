"""Days and clock times where the squads walk."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")

#: From this hour on it is evening; from that time on it is late; in these months an evening outside is cold.
EVENING, LATE, COLD_MONTHS = 17, time(21, 0), (11, 12, 1, 2, 3)


def day_of(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def last_day(ends_at: datetime) -> date:
    """The day on which something that ends then is still under way; as patrol.last_day in Postgres."""
    return day_of(ends_at - timedelta(seconds=1))


def monday_of(moment: datetime) -> date:
    day = day_of(moment)
    return day - timedelta(days=day.weekday())


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), HERE)


def is_evening(moment: datetime) -> bool:
    return moment.astimezone(HERE).hour >= EVENING


def is_weekend(moment: datetime) -> bool:
    return day_of(moment).isoweekday() > 5


def is_cold(moment: datetime) -> bool:
    """Whether an evening outside then is one that people share out."""
    return is_evening(moment) and day_of(moment).month in COLD_MONTHS


def is_late(ends_at: datetime) -> bool:
    end = ends_at.astimezone(HERE)
    return end.time() > LATE or end.time() < time(5)


def days(first: date, weeks: int) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(7 * weeks))


def in_season(day: date, first: str | None, last: str | None) -> bool:
    """Whether a day lies in a season that comes back every year, such as "10-15" to "04-15"."""
    if first is None or last is None:
        return True
    here = f"{day:%m-%d}"
    return first <= here <= last if first <= last else here >= first or here <= last
