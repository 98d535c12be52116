"""What is said of the ten services, and of jobs."""

from services.notify.domain.defaults.rule import Words, rule

REQUESTS, DESK_JOB = "/services/requests", "/desk/hall/jobs/{job_id}"
OFFERS = {"zh": "这是您单位的岗位", "en": "it is your unit's job"}

RULES = [
    rule(
        "service_requested",
        "events.service_requested.v1",
        [{"unit_officers": "unit_id"}],
        "service_requested",
        "service",
        condition={"owned": [True]},
        thread="request_id",
        link=REQUESTS,
        why={"zh": "这项服务由您单位承担", "en": "your unit gives this service"},
    ),
    rule(
        "service_without_unit",
        "events.service_requested.v1",
        [{"role": "clerk"}],
        "service_without_unit",
        "service",
        condition={"owned": [False]},
        thread="request_id",
        link=REQUESTS,
        why={"zh": "这项服务还没有单位承担", "en": "no unit gives this service yet"},
    ),
    rule(
        "service_answered",
        "events.service_answered.v1",
        [{"field": "person_id"}],
        "service_answered",
        "service",
        thread="request_id",
        link=REQUESTS,
        why={"zh": "您申请了这项服务", "en": "you asked for it"},
    ),
    rule(
        "job_to_approve",
        "events.job_submitted.v1",
        [{"role": "clerk"}],
        "job_to_approve",
        "service",
        thread="job_id",
        link=DESK_JOB,
        why={"zh": "干事要看一看单位提交的岗位", "en": "clerks look at what units submit"},
    ),
    rule(
        "job_sent_back",
        "events.job_sent_back.v1",
        [{"unit_officers": "unit_id"}],
        "job_sent_back",
        "service",
        thread="job_id",
        link=DESK_JOB,
        why=OFFERS,
    ),
    rule(
        "job_published",
        "events.job_published.v1",
        [{"unit_officers": "unit_id"}],
        "job_published",
        "service",
        thread="job_id",
        link=DESK_JOB,
        why=OFFERS,
    ),
    rule(
        "job_expired",
        "events.job_expired.v1",
        [{"unit_officers": "unit_id"}],
        "job_expired",
        "service",
        thread="job_id",
        link=DESK_JOB,
        why=OFFERS,
    ),
    rule(
        "job_referred",
        "events.job_referred.v1",
        [{"unit_officers": "unit_id"}],
        "job_referred",
        "service",
        thread="job_id",
        link=DESK_JOB,
        why=OFFERS,
    ),
    rule(
        "job_outcome_asked",
        "events.job_outcome_asked.v1",
        [{"field": "person_ids"}, {"unit_officers": "unit_id"}],
        "job_outcome_asked",
        "service",
        thread="referral_id",
        link=DESK_JOB,
        why={"zh": "三十天前有人经推荐应聘", "en": "somebody was referred thirty days ago"},
    ),
]
TEMPLATES: Words = {
    "service_requested": {
        "zh": ("有人申请服务：{title}", "有居民申请“{title}”，请点开看看，能办请先接下来。"),
        "en": ("A request: {title}", "Somebody asks for “{title}”. Please have a look, and take it if you can."),
    },
    "service_without_unit": {
        "zh": ("有人申请服务，还没有承担单位：{title}", "有居民申请“{title}”，这一类家庭还没有单位承担，请安排。"),
        "en": ("A request without a unit: {title}", "Somebody asks for “{title}”, which no unit gives to them yet."),
    },
    "service_answered": {
        "zh": ("您申请的服务：{title}", "您申请的“{title}”：{result}。{reason}"),
        "en": ("Your request: {title}", "“{title}”, which you asked for: {result}. {reason}"),
    },
    "job_to_approve": {
        "zh": ("请看一看岗位：{title}", "{unit_name} 提交了岗位“{title}”。请看看能不能发布。"),
        "en": ("To approve: {title}", "{unit_name} submitted the job “{title}”. Can it be published?"),
    },
    "job_sent_back": {
        "zh": ("岗位请再改一改：{title}", "“{title}”还需要改一下：{reason}。改好后请再提交一次。"),
        "en": ("Please change: {title}", "“{title}” needs a change first: {reason}. Then submit it again."),
    },
    "job_published": {
        "zh": ("岗位已上线：{title}", "“{title}”现在谁都能看到。有人应聘会马上告诉您；招到了请点开关闭。"),
        "en": (
            "On the list: {title}",
            "Everybody can read of “{title}”. You are told who applies.",
        ),
    },
    "job_expired": {
        "zh": ("岗位到期：{title}", "“{title}”已到期，从列表里撤下了。还招人的话，点开改一下截止日期就行。"),
        "en": ("Off the list: {title}", "“{title}” has reached its last day. If it is still open, set another one."),
    },
    "job_referred": {
        "zh": ("有人应聘：{title}", "有人同意让您单位联系，应聘“{title}”。点开看联系方式，请尽快联系。"),
        "en": (
            "Somebody is interested: {title}",
            "Somebody agreed that you contact them about “{title}”. Please do soon.",
        ),
    },
    "job_outcome_asked": {
        "zh": ("请回个话：{title}", "三十天前有人经推荐应聘“{title}”（{unit_name}），后来成了吗？点开选一下就行。"),
        "en": (
            "How did it go? {title}",
            "Thirty days ago somebody was referred to “{title}” ({unit_name}). Did it work out?",
        ),
    },
}
SMS_CODES: dict[str, str] = {}
