"""What is on today in words: for a text message, and to be read out on the telephone."""

from collections.abc import Sequence

from services.events.domain.board_texts import clock, parts
from services.events.models import Activity

#: As many as somebody remembers who hears them.
MOST = 5


def sms(activities: Sequence[Activity]) -> list[str]:
    """What is answered to a text message, in parts of seventy signs."""
    return parts(_sentences(activities, spoken=False))


def spoken(activities: Sequence[Activity]) -> str:
    """What a telephone reads out."""
    said = "".join(f"{line}。" for line in _sentences(activities[:MOST], spoken=True))
    return f"您好，这里是社区活动信息。{said}要报名，请直接告诉社区。"


def _sentences(activities: Sequence[Activity], *, spoken: bool) -> list[str]:
    return [_sentence(one, spoken=spoken) for one in activities] or ["今天没有别的活动了"]


def _sentence(activity: Activity, *, spoken: bool) -> str:
    begins = clock(activity.starts_at, spoken)
    if activity.state == "called_off":
        return f"{begins}的{activity.title}取消了"
    full = "，名额已满" if activity.seats_left == 0 else ""
    return f"{begins}{activity.title}，在{activity.place}{full}"
