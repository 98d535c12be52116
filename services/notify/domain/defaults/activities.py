"""What is said of activities."""

from services.notify.domain.defaults.rule import Words, rule

PAGE, DESK = "/activities/{activity_id}", "/desk/activities/{activity_id}"
SIGNED_UP = {"zh": "您报了名", "en": "you signed up"}

RULES = [
    rule(
        "activity_to_approve",
        "events.activity_submitted.v1",
        [{"role": "clerk"}],
        "activity_to_approve",
        "service",
        thread="activity_id",
        link=DESK,
        why={"zh": "干事要看一看单位提交的活动", "en": "clerks look at what units submit"},
    ),
    rule(
        "activity_sent_back",
        "events.activity_sent_back.v1",
        [{"unit_officers": "unit_id"}, {"unit_webhook": "unit_id"}],
        "activity_sent_back",
        "service",
        thread="activity_id",
        link=DESK,
        why={"zh": "活动要由单位修改", "en": "the unit changes its activity"},
    ),
    rule(
        "new_activity",
        "events.activity_published.v1",
        [{"audience": "audience"}],
        "new_activity",
        "news",
        thread="activity_id",
        link=PAGE,
        why={"zh": "活动面向您所在的范围", "en": "the activity is for people like you"},
    ),
    rule(
        "activity_published",
        "events.activity_published.v1",
        [{"unit_officers": "unit_id"}, {"unit_webhook": "unit_id"}],
        "activity_published",
        "service",
        thread="activity_id",
        link=DESK,
        why={"zh": "告诉单位活动已发布", "en": "the unit learns that its activity is open"},
    ),
    rule(
        "activity_changed",
        "events.activity_changed.v1",
        [{"field": "person_ids"}],
        "activity_changed",
        "service",
        thread="activity_id",
        link=PAGE,
        why=SIGNED_UP,
    ),
    rule(
        "activity_called_off",
        "events.activity_called_off.v1",
        [{"field": "person_ids"}],
        "activity_called_off",
        "service",
        thread="activity_id",
        link=PAGE,
        why=SIGNED_UP,
    ),
    rule(
        "own_activity_called_off",
        "events.activity_called_off.v1",
        [{"unit_officers": "unit_id"}, {"unit_webhook": "unit_id"}],
        "activity_called_off",
        "service",
        thread="activity_id",
        link=DESK,
        why={"zh": "这是您单位的活动", "en": "it was your unit's activity"},
    ),
    rule(
        "sign_up",
        "events.sign_up_changed.v1",
        [{"field": "person_id"}],
        "sign_up",
        "service",
        thread="activity_id",
        link=PAGE,
        why=SIGNED_UP,
    ),
    rule(
        "activity_postponed",
        "events.activity_postponed.v1",
        [{"field": "person_ids"}],
        "activity_moved",
        "service",
        condition={"dated": [True]},
        thread="activity_id",
        link=PAGE,
        why=SIGNED_UP,
    ),
    rule(
        "activity_date_open",
        "events.activity_postponed.v1",
        [{"field": "person_ids"}],
        "activity_date_open",
        "service",
        condition={"dated": [False]},
        thread="activity_id",
        link=PAGE,
        why=SIGNED_UP,
    ),
    rule(
        "activity_withdrawn",
        "events.activity_withdrawn.v1",
        [{"field": "person_ids"}],
        "activity_withdrawn",
        "service",
        thread="activity_id",
        why=SIGNED_UP,
    ),
    rule(
        "activity_restored",
        "events.activity_restored.v1",
        [{"field": "person_ids"}],
        "activity_restored",
        "service",
        thread="activity_id",
        link=PAGE,
        why=SIGNED_UP,
    ),
    rule(
        "swap_offered",
        "events.swap_offered.v1",
        [{"field": "person_id"}],
        "swap_offered",
        "service",
        thread="swap_id",
        link=PAGE,
        why={"zh": "有人想把名额让给您", "en": "somebody offers you their seat"},
    ),
]
TEMPLATES: Words = {
    "activity_to_approve": {
        "zh": ("请看一看：{title}", "{unit_name} 提交了活动“{title}”，{starts_at}，{place}。请看看能不能发布。"),
        "en": ("To approve: {title}", "{unit_name} submitted “{title}”, {starts_at}, {place}. Can it be published?"),
    },
    "activity_sent_back": {
        "zh": ("活动请再改一改：{title}", "“{title}”还需要改一下：{reason}。改好后请再提交一次。"),
        "en": ("Please change: {title}", "“{title}” needs a change first: {reason}. Then submit it again."),
    },
    "new_activity": {
        "zh": ("新活动：{title}", "{unit_name} 请您来参加“{title}”。时间：{starts_at}；地点：{place}。点开就能报名。"),
        "en": ("New: {title}", "{unit_name} invites you to “{title}”, {starts_at}, {place}. Open this to sign up."),
    },
    "activity_published": {
        "zh": ("活动已发布：{title}", "您单位的活动“{title}”已经发布，{starts_at}，{place}。"),
        "en": ("Published: {title}", "Your unit's activity “{title}” is open now: {starts_at}, {place}."),
    },
    "activity_changed": {
        "zh": (
            "活动有变动：{title}",
            "您报名的“{title}”有变动：{changed}。现在是：{starts_at}，{place}。来不了请取消报名。",
        ),
        "en": (
            "Changed: {title}",
            "“{title}”, for which you signed up, changed: {changed}. Now: {starts_at}, {place}.",
        ),
    },
    "activity_called_off": {
        "zh": ("活动取消：{title}", "很抱歉，{starts_at} 的“{title}”不办了。原因：{reason}。请不要再前往。"),
        "en": ("Called off: {title}", "We are sorry: “{title}” on {starts_at} will not take place. Reason: {reason}."),
    },
    "sign_up": {
        "zh": ("报名消息：{title}", "“{title}”：{state}。时间：{starts_at}；地点：{place}。"),
        "en": ("Your sign-up: {title}", "“{title}”: {state}. {starts_at}, {place}."),
    },
    "activity_moved": {
        "zh": (
            "活动改期：{title}",
            "“{title}”改到 {starts_at}，地点：{place}。原因：{reason}。您的名额保留着，来不了请取消报名。",
        ),
        "en": (
            "New date: {title}",
            "“{title}” moves to {starts_at}, {place}. Reason: {reason}. Your seat is kept; cancel if you cannot come.",
        ),
    },
    "activity_date_open": {
        "zh": (
            "活动延期：{title}",
            "“{title}”先延期，日期另定。原因：{reason}。您的名额保留着；如果列出了备选日期，请点开选一选哪天方便。",
        ),
        "en": (
            "Postponed: {title}",
            "“{title}” is postponed, without a date yet. Reason: {reason}. Your seat is kept. Tap to say what suits.",
        ),
    },
    "activity_withdrawn": {
        "zh": ("活动暂时撤下：{title}", "“{title}”暂时撤下修改。原因：{reason}。您的名额保留着，重新发布时再告诉您。"),
        "en": (
            "Taken back: {title}",
            "“{title}” is being changed. Reason: {reason}. Your seat is kept; we will tell you.",
        ),
    },
    "activity_restored": {
        "zh": ("活动照常：{title}", "“{title}”照常举行，{starts_at}，{place}。您的名额还在，来不了请取消报名。"),
        "en": ("It is on: {title}", "“{title}” takes place after all: {starts_at}, {place}. You still have your seat."),
    },
    "swap_offered": {
        "zh": (
            "有个名额让给您：{title}",
            "{from_name} 这次来不了，想把“{title}”的名额让给您，{starts_at}，{place}。点开选要或不要。",
        ),
        "en": (
            "A seat for you: {title}",
            "{from_name} cannot come to “{title}”, {starts_at}, {place}, and offers you the seat.",
        ),
    },
}
SMS_CODES: dict[str, str] = {}
