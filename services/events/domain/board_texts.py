"""The board in words: for a text message, in parts of seventy signs, and to be read out on the telephone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.events.domain.hours import HERE
from services.events.models import Venue

#: What fits into one message in Chinese, the numbering included.
PART = 70
MOST_PARTS = 4

CAUSES = {"cold": "天气太冷", "air": "空气质量不好", "works": "正在施工", "event": "有活动", "other": ""}
NOTES = {
    "minors_with_guardian": "未成年人须家长陪同",
    "help_desk": "有人现场帮忙",
    "members_only": "只对成员开放",
    "quiet": "请保持安静",
    "course": "有课程",
}


def sms(board: dict[str, Any], venue: Venue | None) -> list[str]:
    """What is answered to a text message: parts of at most seventy signs, numbered when there are several."""
    return parts(_sentences(board, venue, spoken=False))


def spoken(board: dict[str, Any], venue: Venue | None) -> str:
    """What a telephone reads out: whole sentences, times as people say them."""
    return "您好，这里是社区开放信息。" + "".join(f"{line}。" for line in _sentences(board, venue, spoken=True))


def parts(sentences: Iterable[str]) -> list[str]:
    """Sentences put together to parts that are short enough; nothing is cut but what is too long by itself."""
    room = PART - len("(1/4)")
    found: list[str] = []
    for sentence in (sentence[: room - 1] + "。" for sentence in sentences):
        if found and len(found[-1]) + len(sentence) <= room:
            found[-1] += sentence
        else:
            found.append(sentence)
    found = found[:MOST_PARTS]
    if len(found) == 1:
        return found
    return [f"({number}/{len(found)}){part}" for number, part in enumerate(found, 1)]


def _sentences(board: dict[str, Any], venue: Venue | None, *, spoken: bool) -> list[str]:
    if venue:
        return _of_venue(board, venue, spoken=spoken)
    open_now = [f"{one['venue'].name}到{clock(one['until'], spoken)}" for one in board["open"]]
    tonight = [_evening(one, spoken) for one in board["tonight"] if one["from"] > board["now"]]
    said = [f"现在开放：{'，'.join(open_now)}"] if open_now else ["现在没有开放的场地"]
    said += [f"今晚：{'，'.join(tonight)}"] if tonight else []
    return said + [_shut(one) for one in board["closed"]]


def _of_venue(board: dict[str, Any], venue: Venue, *, spoken: bool) -> list[str]:
    closed = [one for one in board["closed"] if one["venue"].id == venue.id]
    said = [_shut(closed[0])] if closed else []
    for one in board["open"]:
        if one["venue"].id == venue.id:
            said.append(f"{venue.name}现在开放，到{clock(one['until'], spoken)}{_noted(one)}")
    if closed and closed[0]["until"] is None:
        return [*said, "什么时候恢复，请留意通知"]
    if not said or closed:
        said += [f"{venue.name}下次开放：{words}" for words in _next(board, venue, spoken)[:1]]
    return said or [f"{venue.name}这一周不开放"]


def _next(board: dict[str, Any], venue: Venue, spoken: bool) -> list[str]:
    spans = [
        span for day in board["week"] for one in day["venues"] if one["venue"].id == venue.id for span in one["spans"]
    ]
    coming = [span for span in spans if span["from"] > board["now"]]
    return [
        f"{_day(span['from'], board['now'])}{clock(span['from'], spoken)}到{clock(span['to'], spoken)}{_noted(span)}"
        for span in coming
    ]


def _evening(one: dict[str, Any], spoken: bool) -> str:
    return f"{one['venue'].name}{clock(one['from'], spoken)}到{clock(one['until'], spoken)}"


def _shut(one: dict[str, Any]) -> str:
    why = "，".join(part for part in (CAUSES[one["kind"]], one["reason"]) if part)
    return f"{one['venue'].name}今天关闭：{why}"


def _noted(one: dict[str, Any]) -> str:
    if not one["note"]:
        return ""
    begin = f"{one['note']['from']}后" if one["note"]["from"] else ""
    return f"（{begin}{NOTES[one['note']['code']]}）"


def clock(moment: datetime, spoken: bool) -> str:
    """19:30, or 19点半 as it is said."""
    local = moment.astimezone(HERE)
    if not spoken:
        return f"{local:%H:%M}"
    minutes = {0: "", 30: "半"}.get(local.minute, f"{local.minute}分")
    return f"{local.hour}点{minutes}"


def _day(moment: datetime, now: datetime) -> str:
    days = (moment.astimezone(HERE).date() - now.astimezone(HERE).date()).days
    names = {0: "今天", 1: "明天", 2: "后天"}
    return names.get(days, f"周{'一二三四五六日'[moment.astimezone(HERE).weekday()]}")
