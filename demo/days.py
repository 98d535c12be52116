"""Days and hours of the demo set: everything lies around the day on which it is loaded, in Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
SUMMER = ("05-01", "10-14")


def at(day: date, clock: str) -> str:
    """A moment as the API takes it: at("2026-11-26", "19:00")."""
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI).astimezone(UTC).isoformat()


def times(day: date, begins: str, minutes: int) -> dict[str, str]:
    """From when until when, as activities, bookings and invitations say it."""
    starts = datetime.combine(day, time.fromisoformat(begins), SHANGHAI).astimezone(UTC)
    return {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(minutes=minutes)).isoformat()}


def next_on(today: date, weekday: int, *, weeks: int = 0) -> date:
    """The next such weekday (1 is Monday) after today, or one some weeks later."""
    return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1 + 7 * weeks)


def is_summer(day: date) -> bool:
    return SUMMER[0] <= f"{day:%m-%d}" <= SUMMER[1]
