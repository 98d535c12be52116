"""The words of the pages that need no sign-in, in both languages, and times as people say them."""

from datetime import date

from services.events.domain.hours import HERE
from services.events.models import Activity
from services.events.routes.screen_words import clock

Words = dict[str, str]

WORDS: dict[str, Words] = {
    "zh": {
        "language": "zh-CN",
        "committee": "三顺店区域联合党委",
        "tonight": "今天和今晚",
        "week": "这一周",
        "all_kinds": "全部",
        "all_places": "所有小区",
        "by_kind": "看哪一类",
        "by_place": "看哪个小区",
        "only_venues": "开放场地",
        "activities": "活动",
        "open_now": "现在开放",
        "open_tonight": "今晚开放",
        "venues_open": "开放的场地",
        "closed": "今天不开放",
        "until": "到",
        "today": "今天",
        "tomorrow": "明天",
        "nothing_tonight": "今天没有别的活动了。",
        "nothing_on_day": "没有安排",
        "nothing": "这一周还没有安排。过几天再来看看。",
        "to_week": "看这一周",
        "to_tonight": "看今天和今晚",
        "to_board": "看开放的场地",
        "when": "时间",
        "where": "地点",
        "who": "举办",
        "seats": "名额",
        "access": "无障碍",
        "seats_any": "不限名额",
        "seats_left": "还有 {n} 个",
        "seats_none": "已满，可以候补",
        "full": "已满",
        "goes_on": "继续",
        "called_off": "已取消",
        "called_off_text": "这次活动取消了，请不要前往。",
        "postponed": "延期",
        "postponed_text": "这次活动延期，新的日期还没有定。",
        "ended": "已结束",
        "ended_text": "这次活动已经结束。",
        "sign_up": "我要报名",
        "wait": "我要候补",
        "how": "用登记过的手机号登录就能报名。不方便上网的，给社区打电话，或请邻居代报。",
        "sign_in": "登录",
        "suggestions": "建议与投诉",
        "other_language": "English",
        "not_found": "没有这次活动",
        "not_found_text": "地址可能写错了，也可能只有登录后才能看到。",
        "look_signed_in": "登录后看看",
        "print_week": "打印这一周",
        "step_free_yes": "轮椅可以进出",
        "step_free_partly": "部分可以，需要人帮忙",
        "step_free_no": "有台阶，轮椅进不去",
    },
    "en": {
        "language": "en",
        "committee": "Sanshundian Joint Committee",
        "tonight": "Today and tonight",
        "week": "This week",
        "all_kinds": "Everything",
        "all_places": "All compounds",
        "by_kind": "Which kind",
        "by_place": "Which compound",
        "only_venues": "Open venues",
        "activities": "Activities",
        "open_now": "Open now",
        "open_tonight": "Open tonight",
        "venues_open": "Open venues",
        "closed": "Closed today",
        "until": "until",
        "today": "Today",
        "tomorrow": "Tomorrow",
        "nothing_tonight": "Nothing else is on today.",
        "nothing_on_day": "Nothing planned",
        "nothing": "Nothing is planned for this week yet. Look again in a few days.",
        "to_week": "See this week",
        "to_tonight": "See today and tonight",
        "to_board": "See open venues",
        "when": "When",
        "where": "Where",
        "who": "Held by",
        "seats": "Seats",
        "access": "Access",
        "seats_any": "As many as like to come",
        "seats_left": "{n} left",
        "seats_none": "Full; there is a waiting list",
        "full": "Full",
        "goes_on": "goes on",
        "called_off": "Called off",
        "called_off_text": "This was called off. Please do not come.",
        "postponed": "Postponed",
        "postponed_text": "This is postponed; there is no new date yet.",
        "ended": "Over",
        "ended_text": "This is over.",
        "sign_up": "Sign up",
        "wait": "Join the waiting list",
        "how": "Sign in with your registered phone number. Or call the desk, or ask a neighbour to do it for you.",
        "sign_in": "Sign in",
        "suggestions": "Suggestions and complaints",
        "other_language": "中文",
        "not_found": "There is no such activity",
        "not_found_text": "The address may be wrong, or only members can see it.",
        "look_signed_in": "Sign in and look",
        "print_week": "Print this week",
        "step_free_yes": "Step-free",
        "step_free_partly": "Partly step-free; ask for help",
        "step_free_no": "There are steps",
    },
}

KINDS: dict[str, Words] = {
    "zh": {
        "lecture": "讲座",
        "sport": "体育",
        "culture": "文化",
        "work_day": "义务劳动",
        "party_day": "主题党日",
        "service": "便民服务",
        "show": "演出",
        "other": "其他",
    },
    "en": {
        "lecture": "Lecture",
        "sport": "Sport",
        "culture": "Culture",
        "work_day": "Work day",
        "party_day": "Party day",
        "service": "Service",
        "show": "Show",
        "other": "Other",
    },
}

WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def day(on: date, language: str) -> str:
    """11月28日（周六）, or Sat 28 Nov."""
    weekday = WEEKDAYS[language][on.weekday()]
    return f"{weekday} {on.day} {on:%b}" if language == "en" else f"{on.month}月{on.day}日（周{weekday}）"


def day_of(activity: Activity, language: str) -> str:
    return day(activity.starts_at.astimezone(HERE).date(), language)


def times(activity: Activity, language: str) -> str:
    """From when until when: the day is said only when it ends on another."""
    begin, end = activity.starts_at.astimezone(HERE), activity.ends_at.astimezone(HERE)
    until = clock(end) if begin.date() == end.date() else f"{day(end.date(), language)} {clock(end)}"
    return f"{clock(begin)}–{until}"


def begins(activity: Activity, on: date, language: str) -> str:
    """When it begins, on a day's list; of what began on a day before, that it goes on."""
    return clock(activity.starts_at) if activity.starts_at.astimezone(HERE).date() == on else WORDS[language]["goes_on"]


def seats(activity: Activity, language: str) -> str:
    words = WORDS[language]
    if activity.seats_left is None:
        return words["seats_any"]
    return words["seats_left"].format(n=activity.seats_left) if activity.seats_left else words["seats_none"]
