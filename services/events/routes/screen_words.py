"""The words of the board's pages, in both languages, and times as people say them."""

from datetime import date, datetime

from services.events.domain import board_texts
from services.events.domain.hours import HERE, Span, merged, today

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "language": "zh-CN",
        "committee": "三顺店区域联合党委",
        "title": "开放看板",
        "now": "现在开放",
        "none_now": "现在没有开放的场地",
        "tonight": "今晚",
        "none_tonight": "今晚没有别的安排",
        "closed": "今天关闭",
        "week": "这一周",
        "none_day": "没有开放的场地",
        "activities": "大家都能参加的活动",
        "until": "到",
        "again": "预计恢复：",
        "notice": "恢复时间另行通知",
        "access_yes": "轮椅可以进",
        "access_partly": "轮椅只能到一部分地方",
        "as_of": "更新于",
        "lost": "连接断开了。下面是这个时间的情况：",
        "kiosk": "大屏",
        "other": "English",
    },
    "en": {
        "language": "en",
        "committee": "Sanshundian Joint Committee",
        "title": "What is open",
        "now": "Open now",
        "none_now": "Nothing is open now",
        "tonight": "Tonight",
        "none_tonight": "Nothing else tonight",
        "closed": "Closed today",
        "week": "This week",
        "none_day": "Nothing is open",
        "activities": "Activities for everyone",
        "until": "until",
        "again": "Open again: ",
        "notice": "until further notice",
        "access_yes": "step-free",
        "access_partly": "partly step-free",
        "as_of": "As of",
        "lost": "No connection. This is how it was at",
        "kiosk": "Large screen",
        "other": "中文",
    },
}
NOTES = {
    "zh": board_texts.NOTES,
    "en": {
        "minors_with_guardian": "minors with a guardian",
        "help_desk": "somebody helps",
        "members_only": "members only",
        "quiet": "please be quiet",
        "course": "a course is on",
    },
}
CAUSES = {
    "zh": board_texts.CAUSES,
    "en": {"cold": "too cold", "air": "bad air", "works": "works", "event": "an event", "other": ""},
}
DAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
NEAR = {"zh": ("今天", "明天", "后天"), "en": ("Today", "Tomorrow")}


def clock(moment: datetime) -> str:
    """19:30, as the clock on the wall shows it."""
    return f"{moment.astimezone(HERE):%H:%M}"


def end(moment: datetime) -> str:
    """The same for what ends: a day ends at 24:00."""
    return "24:00" if clock(moment) == "00:00" else clock(moment)


def times(spans: list[dict]) -> list[str]:
    """When a venue is open: hours that follow each other are one, whatever else holds in them."""
    whole = merged([Span(one["from"], one["to"]) for one in spans])
    return [f"{clock(one.starts_at)}–{end(one.ends_at)}" for one in whole]


def day(on: date, lang: str) -> str:
    ahead = (on - today()).days
    if 0 <= ahead < len(NEAR[lang]):
        return NEAR[lang][ahead]
    name = DAYS[lang][on.weekday()]
    return f"{name} {on.day} {on:%b}" if lang == "en" else f"{on.month}月{on.day}日{name}"


def moment(at: datetime, lang: str) -> str:
    """今天 19:30."""
    return f"{day(at.astimezone(HERE).date(), lang)} {clock(at)}"


def note(said: dict | None, lang: str) -> str:
    """What holds in a venue, and from when on."""
    if not said:
        return ""
    words = NOTES[lang][said["code"]]
    if not said["from"]:
        return words
    return f"{said['from']} 后{words}" if lang == "zh" else f"from {said['from']}: {words}"


def why(closed: dict, lang: str) -> str:
    words = [CAUSES[lang][closed["kind"]], closed["reason"]]
    return ("，" if lang == "zh" else ", ").join(filter(None, words))
