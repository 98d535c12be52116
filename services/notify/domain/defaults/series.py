"""What is said of what comes again."""

from services.notify.domain.defaults.rule import Words, rule

PAGE, DESK = "/series/{series_id}", "/desk/series/{series_id}"
COUNTS_ON_IT = {"zh": "您报了名", "en": "you signed up"}

RULES = [
    rule(
        "series_to_approve",
        "events.series_submitted.v1",
        [{"role": "clerk"}],
        "series_to_approve",
        "service",
        thread="series_id",
        link=DESK,
        why={"zh": "干事要看一看单位提交的活动", "en": "clerks look at what units submit"},
    ),
    rule(
        "series_sent_back",
        "events.series_sent_back.v1",
        [{"unit_officers": "unit_id"}, {"unit_webhook": "unit_id"}],
        "series_sent_back",
        "service",
        thread="series_id",
        link=DESK,
        why={"zh": "活动要由单位修改", "en": "the unit changes its activity"},
    ),
    rule(
        "new_series",
        "events.series_published.v1",
        [{"audience": "audience"}],
        "new_series",
        "news",
        thread="series_id",
        link=PAGE,
        why={"zh": "活动面向您所在的范围", "en": "the activity is for people like you"},
    ),
    rule(
        "series_changed",
        "events.series_changed.v1",
        [{"field": "person_ids"}],
        "series_changed",
        "service",
        thread="series_id",
        link=PAGE,
        why=COUNTS_ON_IT,
    ),
    rule(
        "series_ended",
        "events.series_ended.v1",
        [{"field": "person_ids"}],
        "series_ended",
        "service",
        thread="series_id",
        link=PAGE,
        why=COUNTS_ON_IT,
    ),
]
TEMPLATES: Words = {
    "series_to_approve": {
        "zh": ("请看一看：{title}", "{unit_name} 提交了系列活动“{title}”，地点：{place}。请看看能不能发布。"),
        "en": ("To approve: {title}", "{unit_name} submitted the series “{title}”, {place}. Can it be published?"),
    },
    "series_sent_back": {
        "zh": ("系列活动请再改一改：{title}", "“{title}”还需要改一下：{reason}。改好后请再提交一次。"),
        "en": ("Please change: {title}", "“{title}” needs a change first: {reason}. Then submit it again."),
    },
    "new_series": {
        "zh": (
            "新的系列活动：{title}",
            "{unit_name} 请您来参加“{title}”，以后会一直办。第一次：{starts_at}；地点：{place}。点开可以每次都留座。",
        ),
        "en": (
            "New series: {title}",
            "{unit_name} invites you to “{title}”, which comes again. First: {starts_at}, {place}. Tap for a seat.",
        ),
    },
    "series_changed": {
        "zh": ("系列活动有变动：{title}", "您报名的“{title}”以后有变动：{changed}。点开看看新的安排，来不了请取消。"),
        "en": (
            "Changed: {title}",
            "“{title}”, for which you signed up, will be different: {changed}. Please have a look.",
        ),
    },
    "series_ended": {
        "zh": ("系列活动结束：{title}", "“{title}”以后不再办了。原因：{reason}。谢谢您一直来。"),
        "en": ("It ends: {title}", "“{title}” will not go on. Reason: {reason}. Thank you for having come."),
    },
}
SMS_CODES: dict[str, str] = {}
