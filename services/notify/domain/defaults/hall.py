"""What is said of the lecture hall's terms, and of troupes."""

from services.notify.domain.defaults.rule import Words, rule

DESK, MINE, TROUPES = "/desk/hall/terms/{term_id}", "/me/lectures", "/troupes"
SPEAKS = {"zh": "您答应来讲课", "en": "you agreed to speak"}
LEADS = {"zh": "您是团队负责人", "en": "you lead the troupe"}

RULES = [
    rule(
        "term_published",
        "events.term_published.v1",
        [{"audience": "audience"}],
        "term_published",
        "news",
        thread="term_id",
        link="/activities",
        why={"zh": "大讲堂向大家开放", "en": "the lecture hall is for everybody"},
    ),
    rule(
        "speaker_booked",
        "events.speaker_booked.v1",
        [{"field": "person_id"}],
        "speaker_booked",
        "service",
        thread="term_id",
        link=MINE,
        why=SPEAKS,
    ),
    rule(
        "speaker_released",
        "events.speaker_released.v1",
        [{"field": "person_id"}],
        "speaker_released",
        "service",
        thread="term_id",
        link=MINE,
        why=SPEAKS,
    ),
    rule(
        "speaker_withdrew",
        "events.speaker_withdrew.v1",
        [{"role": "clerk"}],
        "speaker_withdrew",
        "service",
        thread="term_id",
        link=DESK,
        why={"zh": "已公布的讲座要另请主讲人", "en": "an announced lecture needs somebody else"},
    ),
    rule(
        "troupe_invited",
        "events.troupe_invited.v1",
        [{"field": "person_id"}],
        "troupe_invited",
        "service",
        thread="invitation_id",
        link=TROUPES,
        why=LEADS,
    ),
    rule(
        "troupe_answered",
        "events.troupe_answered.v1",
        [{"field": "person_ids"}, {"unit_officers": "unit_id"}],
        "troupe_answered",
        "service",
        thread="invitation_id",
        link=TROUPES,
        why={"zh": "您单位邀请了团队", "en": "your unit invited the troupe"},
    ),
    rule(
        "troupe_uninvited",
        "events.troupe_uninvited.v1",
        [{"field": "person_id"}],
        "troupe_uninvited",
        "service",
        thread="invitation_id",
        link=TROUPES,
        why=LEADS,
    ),
]
TEMPLATES: Words = {
    "term_published": {
        "zh": (
            "大讲堂新一期：{title}",
            "{unit_name} 安排好了“{title}”，共 {lectures} 讲，从 {starts_at} 开始。点开看看哪几讲您想听，可以先报名。",
        ),
        "en": (
            "Lectures: {title}",
            "{unit_name} has planned “{title}”: {lectures} lectures, the first on {starts_at}. Tap to see and sign up.",
        ),
    },
    "speaker_booked": {
        "zh": (
            "请您来讲：{title}",
            "“{title}”请您主讲：{topics}。时间：{starts}。谢谢您；如果来不了，请早些告诉社区。",
        ),
        "en": (
            "You speak: {title}",
            "In “{title}” you speak of: {topics}. When: {starts}. Thank you; if you cannot, please say so early.",
        ),
    },
    "speaker_released": {
        "zh": ("这一讲不用您来了：{title}", "“{title}”里的 {topics}（{starts}）改由别人来讲，您不用来了。谢谢您。"),
        "en": ("You need not come: {title}", "Somebody else speaks of {topics} ({starts}) in “{title}”. Thank you."),
    },
    "speaker_withdrew": {
        "zh": ("请另找主讲人：{title}", "“{title}”里的 {topics}（{starts}）原来的主讲人来不了，请在排课页另选一位。"),
        "en": (
            "A speaker is missing: {title}",
            "{topics} ({starts}) in “{title}” has nobody who speaks. Please choose.",
        ),
    },
    "troupe_invited": {
        "zh": (
            "有单位邀请你们：{title}",
            "{unit_name} 想请 {troupe} 参加“{title}”，{starts_at}，{place}。请点开回复来或不来。",
        ),
        "en": (
            "An invitation: {title}",
            "{unit_name} would like {troupe} to play at “{title}”, {starts_at}, {place}. Please answer.",
        ),
    },
    "troupe_answered": {
        "zh": ("团队回复了：{title}", "{troupe} 对“{title}”（{starts_at}）的答复：{result}。{reason}"),
        "en": ("The troupe answered: {title}", "{troupe} on “{title}” ({starts_at}): {result}. {reason}"),
    },
    "troupe_uninvited": {
        "zh": ("邀请取消：{title}", "很抱歉，{starts_at} 的“{title}”不用 {troupe} 来了。原因：{reason}。"),
        "en": (
            "Cancelled: {title}",
            "We are sorry: {troupe} need not come to “{title}”, {starts_at}. Reason: {reason}.",
        ),
    },
}
SMS_CODES: dict[str, str] = {}
